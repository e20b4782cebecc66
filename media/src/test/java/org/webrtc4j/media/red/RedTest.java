package org.webrtc4j.media.red;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.webrtc4j.media.Payloads.OPUS;
import static org.webrtc4j.media.Payloads.add;
import static org.webrtc4j.media.Payloads.hex;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.Payloads;

class RedTest {

    private final RedDepacketizer format = new RedDepacketizer(OPUS, 111);

    @Test
    void blocksComeOldestFirstWithTheirOwnTimes() {
        // Two earlier frames at -1920 and -960, then the newest.
        List<EncodedFrame> frames =
                Payloads.frames(format, List.of(hex("ef 1e00 02 ef 0f00 01 6f aabb cc dd")), 10_000);

        assertThat(frames).extracting(EncodedFrame::timestamp).containsExactly(8_080L, 9_040L, 10_000L);
        assertThat(frames).extracting(EncodedFrame::bytes).containsExactly(hex("aabb"), hex("cc"), hex("dd"));
    }

    @Test
    void emptyAndDisorderedBlocksArePassedOver() {
        List<EncodedFrame> frames =
                Payloads.frames(format, List.of(hex("ef 0f00 00 ef 0f00 01 ef 1e00 01 6f cc ee dd")), 10_000);
        assertThat(frames).extracting(EncodedFrame::timestamp).containsExactly(9_040L, 10_000L);
    }

    @Test
    void itTellsHowManyLostFramesItBringsBack() {
        byte[] payload = hex("ef 1e00 02 ef 0f00 01 6f aabb cc dd");
        assertThat(format.recovers(payload, 0, payload.length, 10_000, 8_000)).isEqualTo(2);
        assertThat(format.recovers(payload, 0, payload.length, 10_000, 8_080)).isEqualTo(1);
        assertThat(format.recovers(payload, 0, payload.length, 10_000, 9_040)).isZero();
        assertThat(format.recovers(payload, 0, 3, 10_000, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ef", "ef 0f00", "ef 0f00 01", "ef 0f00 01 ef"})
    void aHeaderThatReachesTheEndIsRefused(String payload) {
        format.begin();
        assertThat(add(format, payload)).isEqualTo(PayloadDrop.TRUNCATED);
    }

    @Test
    void aBlockPastTheEndIsRefused() {
        format.begin();
        assertThat(add(format, "ef 0f00 05 6f aabb")).isEqualTo(PayloadDrop.BAD_LENGTH);
        assertThat(add(format, "ef 0f00 02 6f aabb"))
                .as("nothing is left for the newest")
                .isEqualTo(PayloadDrop.EMPTY);
        assertThat(add(format, "6f")).isEqualTo(PayloadDrop.EMPTY);
        assertThat(add(format, "")).isEqualTo(PayloadDrop.EMPTY);
    }

    @Test
    void redWithinRedAndEndlessChainsAreRefused() {
        format.begin();
        assertThat(add(format, "3f 6f dd")).isEqualTo(PayloadDrop.UNSUPPORTED);
        assertThat(add(format, "bf 0f00 01 6f cc dd")).isEqualTo(PayloadDrop.UNSUPPORTED);
        assertThat(add(format, "ef 0f00 00".repeat(300) + "6f dd")).isEqualTo(PayloadDrop.UNSUPPORTED);
    }

    @Test
    void eachPayloadRepeatsTheFramesBeforeAsFarAsTheyFit() {
        RedPacketizer packetizer = new RedPacketizer(111, 2);
        assertThat(send(packetizer, 1_000, "aa", 100)).isEqualTo(hex("6f aa"));
        assertThat(send(packetizer, 1_960, "bb", 100)).isEqualTo(hex("ef 0f00 01 6f aa bb"));
        assertThat(send(packetizer, 2_920, "cc", 100)).isEqualTo(hex("ef 1e00 01 ef 0f00 01 6f aa bb cc"));
        assertThat(send(packetizer, 3_880, "dd".repeat(60), 66)).isEqualTo(hex("ef 0f00 01 6f cc " + "dd".repeat(60)));
        assertThat(send(packetizer, 100_000, "ee", 100)).as("too long ago").isEqualTo(hex("6f ee"));
    }

    @Test
    void whatDoesNotFitIsNotSent() {
        RedPacketizer packetizer = new RedPacketizer(111, 1);
        EncodedFrame large = EncodedFrame.audio(OPUS, 0, new byte[64]);
        assertThat(packetizer.packetize(large, 64, new Payloads())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RedPacketizer(111, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedPacketizer(128, 1));
    }

    private static byte[] send(RedPacketizer packetizer, long timestamp, String hex, int max) {
        return Payloads.of(packetizer, EncodedFrame.audio(OPUS, timestamp, hex(hex)), max)
                .bytes
                .get(0);
    }
}
