package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 4571 section 2: every packet behind its length in two bytes, however the stream is cut. */
class TcpFramesTest {

    private static final int MAX = 100;

    private static byte[] frame(int length) {
        byte[] frame = new byte[TcpFrames.HEADER_BYTES + length];
        frame[0] = (byte) (length >>> 8);
        frame[1] = (byte) length;
        for (int i = 0; i < length; i++) {
            frame[TcpFrames.HEADER_BYTES + i] = (byte) (length + i);
        }
        return frame;
    }

    private static byte[] stream(int... lengths) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int length : lengths) {
            all.writeBytes(frame(length));
        }
        return all.toByteArray();
    }

    private static List<Integer> cut(TcpFrames frames, byte[] stream, int piece) {
        List<Integer> lengths = new ArrayList<>();
        int put = 0;
        while (put < stream.length) {
            ByteBuffer space = frames.space();
            int size = Math.min(Math.min(piece, space.remaining()), stream.length - put);
            assertThat(size).isPositive();
            space.put(stream, put, size);
            frames.added(size);
            put += size;
            for (ByteBuffer packet = frames.next(); packet != null; packet = frames.next()) {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                assertThat(bytes).isEqualTo(Arrays.copyOfRange(frame(bytes.length), 2, 2 + bytes.length));
                lengths.add(bytes.length);
            }
        }
        return lengths;
    }

    @Test
    void packetsComeOutAsTheyWentInWhereverTheStreamIsCut() {
        byte[] stream = stream(1, 2, 99, MAX, 20, 3);
        for (int piece = 1; piece <= stream.length; piece++) {
            assertThat(cut(new TcpFrames(MAX), stream, piece)).containsExactly(1, 2, 99, MAX, 20, 3);
        }
    }

    @Test
    void packetsWithoutAByteAreCountedAndLeftOut() {
        TcpFrames frames = new TcpFrames(MAX);
        assertThat(cut(frames, stream(0, 5, 0, 0, 7, 0), 1)).containsExactly(5, 7);
        assertThat(frames.takeEmpty()).isEqualTo(4);
        assertThat(frames.takeEmpty()).isZero();
    }

    @Test
    void packetsTooLargeAreSkippedWhateverTheirSize() {
        for (int piece : new int[] {1, 7, 102, 70_000}) {
            TcpFrames frames = new TcpFrames(MAX);
            assertThat(cut(frames, stream(5, MAX + 1, 6, 65_535, 7), piece)).containsExactly(5, 6, 7);
            assertThat(frames.takeTooLarge()).isEqualTo(2);
        }
    }

    @Test
    void aLengthClaimsNoMemory() {
        TcpFrames frames = new TcpFrames(MAX);
        frames.space().put((byte) 0xff).put((byte) 0xff);
        frames.added(2);
        assertThat(frames.next()).isNull();
        assertThat(frames.space().capacity()).isEqualTo(TcpFrames.HEADER_BYTES + MAX);
    }

    @Test
    void nothingIsKeptForAConnectionThatSaysNothing() {
        assertThat(new TcpFrames(MAX).next()).isNull();
    }
}
