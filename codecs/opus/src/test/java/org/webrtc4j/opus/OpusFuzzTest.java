package org.webrtc4j.opus;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as packets: no exception leaves, and never more sound than a packet may hold. */
class OpusFuzzTest {

    @FuzzTest
    void decoder(byte[] bytes) {
        ConcentusDecoder decoder = new ConcentusDecoder(2);
        short[] out = new short[decoder.maxSamples() * 2];
        int position = 0;
        for (int packets = 0; position < bytes.length && packets < 50; packets++) {
            int length = Math.min(bytes[position++] & 0xff, bytes.length - position);
            int recovered = decoder.recover(bytes, position, length, 960, out);
            int decoded = decoder.decode(bytes, position, length, out);
            if (recovered > 960 || decoded > decoder.maxSamples()) {
                throw new AssertionError(recovered + ", " + decoded);
            }
            position += length;
        }
    }
}
