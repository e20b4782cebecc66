package org.webrtc4j.benchmarks.forward;

import org.webrtc4j.srtp.SrtpProfile;

/**
 * One point of the sweep.
 *
 * @param senders how many streams come in
 * @param receivers to how many each of them goes out
 * @param packetBytes of an RTP packet before protection
 * @param profile of every connection
 */
record ForwardScenario(int senders, int receivers, int packetBytes, SrtpProfile profile) {

    private static final int AUDIO_BYTES = 200;

    /** Small packets are sound: nobody asks for them again. */
    boolean isVideo() {
        return packetBytes > AUDIO_BYTES;
    }
}
