package org.webrtc4j.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets;

/** RFC 8285 section 4, and the map of identifiers. */
class ExtensionWriterTest {

    private final byte[] array = new byte[64];
    private final ExtensionWriter writer = new ExtensionWriter();

    private byte[] finished(int offset) {
        int size = writer.finish();
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    private boolean put(int id, String hex) {
        byte[] bytes = Packets.hex(hex);
        return writer.put(id, bytes, 0, bytes.length);
    }

    @Test
    void elementsAreWrittenInTheOneByteFormAndPaddedToWords() {
        writer.begin(array, 3, 61, true);
        assertThat(put(1, "aa")).isTrue();
        assertThat(put(14, "bbcc")).isTrue();

        assertThat(finished(3)).isEqualTo(Packets.hex("bede 0002 10aa e1bbcc 000000"));
        assertThat(writer.positionOf(14)).isEqualTo(3 + 4 + 3);
        assertThat(writer.positionOf(2)).isEqualTo(-1);
    }

    @Test
    void anElementThatNeedsItTurnsAllIntoTheTwoByteForm() {
        writer.begin(array, 0, 64, true);
        put(1, "aa");
        put(2, "bbcc");
        assertThat(put(20, "dd")).isTrue();
        assertThat(put(3, "ee")).isTrue();

        assertThat(finished(0)).isEqualTo(Packets.hex("1000 0004 0101aa 0202bbcc 1401dd 0301ee 000000"));
        assertThat(array[writer.positionOf(2)]).isEqualTo((byte) 0xbb);
    }

    @Test
    void emptyAndLongElementsNeedTheTwoByteForm() {
        writer.begin(array, 0, 64, true);
        assertThat(put(1, "")).isTrue();
        assertThat(put(2, "00".repeat(17))).isTrue();
        assertThat(finished(0)).hasSize(4 + 24).startsWith(Packets.hex("1000 0006 0100 0211"));
    }

    @Test
    void theTwoByteFormIsNotWrittenUnlessNegotiated() {
        writer.begin(array, 0, 64, false);
        assertThat(put(15, "aa")).isFalse();
        assertThat(put(1, "")).isFalse();
        assertThat(put(1, "00".repeat(17))).isFalse();
        assertThat(put(1, "00".repeat(16))).isTrue();
        assertThat(finished(0)).hasSize(24);
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        writer.begin(array, 0, 11, true);
        assertThat(put(1, "aabb")).isTrue();
        assertThat(put(2, "aa"))
                .as("bytes 7 and 8 of the 8 that hold whole words")
                .isFalse();
        assertThat(put(3, "")).isFalse();
        assertThat(finished(0)).isEqualTo(Packets.hex("bede 0001 11aabb 00"));
    }

    @Test
    void withoutElementsThereIsNoExtension() {
        writer.begin(array, 0, 64, true);
        assertThat(put(0, "aa")).as("not negotiated").isFalse();
        assertThat(writer.finish()).isZero();
    }

    @Test
    void reservedSpaceIsWrittenInPlace() {
        Arrays.fill(array, (byte) 0xff);
        writer.begin(array, 0, 64, true);
        assertThat(writer.reserve(5, 2)).isTrue();
        assertThat(finished(0)).isEqualTo(Packets.hex("bede 0001 510000 00"));
    }

    @Test
    void theMapTellsIdentifiersAndTypes() {
        HeaderExtensionMap map = HeaderExtensionMap.builder()
                .put(1, HeaderExtensionType.MID)
                .put(2, "urn:example:unknown")
                .build();

        assertThat(map.id(HeaderExtensionType.MID)).isEqualTo(1);
        assertThat(map.id(HeaderExtensionType.AUDIO_LEVEL)).isZero();
        assertThat(map.type(1)).isEqualTo(HeaderExtensionType.MID);
        assertThat(map.type(2)).isNull();
        assertThat(map.uri(2)).isEqualTo("urn:example:unknown");
        assertThat(map.type(300)).isNull();
        assertThat(map.allowsTwoByteForm()).isFalse();
        assertThat(map.toString()).contains("1 urn:ietf");
        assertThatThrownBy(() -> HeaderExtensionMap.builder().put(0, "urn:x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HeaderExtensionMap.builder().put(256, "urn:x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdentifierAbove14NeedsTheTwoByteForm() {
        assertThat(HeaderExtensionMap.builder().put(15, "urn:x").build().allowsTwoByteForm())
                .isTrue();
        assertThat(HeaderExtensionMap.builder().allowMixed(true).build().allowsTwoByteForm())
                .isTrue();
    }

    @Test
    void whatDescribesTheMediaIsMappedToTheOtherSidesIdentifiersAndTheRestIsLeftOut() {
        HeaderExtensionMap from = HeaderExtensionMap.builder()
                .put(1, HeaderExtensionType.MID)
                .put(2, HeaderExtensionType.AUDIO_LEVEL)
                .put(3, "urn:example:known-to-both")
                .put(4, "urn:example:known-to-one")
                .put(5, HeaderExtensionType.VIDEO_ORIENTATION)
                .build();
        HeaderExtensionMap to = HeaderExtensionMap.builder()
                .put(1, HeaderExtensionType.MID)
                .put(7, HeaderExtensionType.AUDIO_LEVEL)
                .put(9, "urn:example:known-to-both")
                .build();
        int[] table = new int[256];

        from.mapTo(to, table);

        assertThat(table[1]).as("mid").isZero();
        assertThat(table[2]).isEqualTo(7);
        assertThat(table[3]).isEqualTo(9);
        assertThat(table[4]).isZero();
        assertThat(table[5]).as("orientation").isZero();
    }
}
