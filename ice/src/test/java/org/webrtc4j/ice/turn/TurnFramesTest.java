package org.webrtc4j.ice.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunWriter;

class TurnFramesTest {

    private final TurnFrames frames = new TurnFrames(64);

    private List<String> feed(byte[] bytes, int piece) {
        List<String> taken = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            int size = Math.min(piece, bytes.length - at);
            frames.space().put(bytes, at, size);
            frames.added(size);
            for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next()) {
                int channel = ChannelData.narrowToData(frame);
                taken.add(channel < 0 ? "stun " + frame.remaining() : channel + " " + UTF_8.decode(frame));
            }
        }
        return taken;
    }

    private static byte[] stream() {
        ByteBuffer stream = ByteBuffer.allocate(100);
        stream.put(
                new StunWriter().begin(Stun.REFRESH_REQUEST, 1, 2).lifetime(600).finish());
        ByteBuffer data = ByteBuffer.allocate(20);
        ChannelData.write(0x4001, ByteBuffer.wrap("hello".getBytes(UTF_8)), data);
        stream.put(data).put(new byte[3]);
        ChannelData.write(0x4fff, ByteBuffer.wrap(new byte[0]), data);
        stream.put(data);
        byte[] bytes = new byte[stream.flip().remaining()];
        stream.get(bytes);
        return bytes;
    }

    @Test
    void aStreamIsCutTheSameWhereverItIsSplit() {
        for (int piece = 1; piece <= stream().length; piece++) {
            assertThat(feed(stream(), piece)).as("%d", piece).containsExactly("stun 28", "16385 hello", "20479 ");
            assertThat(frames.isBroken()).isFalse();
        }
    }

    @Test
    void aMessageLargerThanTheBufferEndsTheStream() {
        assertThat(feed(new byte[] {0x40, 0, 0, 61}, 4)).isEmpty();
        assertThat(frames.isBroken()).isTrue();
    }

    @Test
    void whatIsNeitherEndsTheStream() {
        assertThat(feed("\u0080\u0000\u0000\u0000".getBytes(UTF_8), 8)).isEmpty();
        assertThat(frames.isBroken()).isTrue();
    }

    @Test
    void channelDataMayBePaddedInADatagramToo() {
        ByteBuffer packet = ByteBuffer.wrap(new byte[] {0x40, 1, 0, 1, 'x', 0, 0, 0});
        assertThat(ChannelData.narrowToData(packet)).isEqualTo(0x4001);
        assertThat(packet.remaining()).isEqualTo(1);
    }

    @Test
    void channelDataThatPromisesMoreThanThereIsIsNone() {
        ByteBuffer packet = ByteBuffer.wrap(new byte[] {0x40, 1, 0, 2, 'x'});
        assertThat(ChannelData.narrowToData(packet)).isEqualTo(-1);
        assertThat(packet.remaining()).isEqualTo(5);
    }
}
