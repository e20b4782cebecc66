package org.webrtc4j.media.h265;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.Payloads.add;
import static org.webrtc4j.media.Payloads.frame;
import static org.webrtc4j.media.Payloads.hex;
import static org.webrtc4j.media.Payloads.inspect;
import static org.webrtc4j.media.Payloads.isKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.Payloads;
import org.webrtc4j.media.VideoBitstream;

class H265Test {

    private static final CodecDescription H265 = CodecDescription.video("H265", "");

    private static final String VPS = "4001 0c01";
    private static final String SPS = "4201 0101";
    private static final String PPS = "4401 c1";
    private static final String IDR = "2601 af09";
    private static final String START = " 00000001 ";

    private final H265Depacketizer format = new H265Depacketizer(H265);

    @Test
    void aSingleUnitIsAFrame() {
        EncodedFrame frame = frame(format, IDR);
        assertThat(frame.bytes()).isEqualTo(hex(START + IDR));
        assertThat(frame.key()).isTrue();
    }

    @Test
    void theUnitsOfAnAggregateComeInOrder() {
        EncodedFrame frame = frame(format, "6001 0004" + VPS + "0004" + SPS + "0003" + PPS, IDR);
        assertThat(frame.bytes()).isEqualTo(hex(START + VPS + START + SPS + START + PPS + START + IDR));
        assertThat(frame.key()).isTrue();
    }

    @Test
    void fragmentsGetTheirHeaderBack() {
        // Layer 33 and temporal id 2: the bits of the layer are in both bytes.
        assertThat(frame(format, "630a 81 aabb", "630a 01 cc", "630a 41 dd").bytes())
                .isEqualTo(hex(START + "030a aabbccdd"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, false",
        "9, false",
        "15, false",
        "16, true",
        "17, true",
        "18, true",
        "19, true",
        "20, true",
        "21, true",
        "22, true",
        "23, true",
        "24, false",
        "31, false"
    })
    void randomAccessPointsAreKeyFrames(int type, boolean key) {
        String unit = String.format("%02x01 af", type << 1);
        assertThat(frame(format, unit).key()).isEqualTo(key);
        assertThat(isKey(H265, unit)).isEqualTo(key);
        assertThat(isKey(H265, "6001 0003" + unit)).isEqualTo(key);
        assertThat(isKey(H265, String.format("6201 %02x af", 0x80 | type))).isEqualTo(key);
        assertThat(VideoBitstream.isKey(H265, hex(START + unit))).isEqualTo(key);
    }

    @Test
    void aKeyFrameBeginsWithItsParameterSets() {
        assertThat(inspect(format, VPS)).isEqualTo(Depacketizer.KEY | Depacketizer.START);
        assertThat(inspect(format, IDR)).isEqualTo(Depacketizer.KEY | Depacketizer.START);
        assertThat(inspect(format, "0201 d0")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "0201 50")).as("a later slice").isZero();
        assertThat(inspect(format, PPS)).isZero();

        frame(format, VPS, SPS, PPS, IDR);

        assertThat(inspect(format, SPS)).isEqualTo(Depacketizer.KEY);
        assertThat(inspect(format, IDR)).as("its parameter sets may be lost").isEqualTo(Depacketizer.KEY);
        assertThat(inspect(format, "0201 d0")).isEqualTo(Depacketizer.START);
    }

    @Test
    void aFrameOfAStreamWithDelimitersBeginsWithOne() {
        frame(format, "4601 50", "0201 d0");
        assertThat(inspect(format, "4601 50")).isEqualTo(Depacketizer.START);
        assertThat(inspect(format, "0201 d0")).isZero();
        assertThat(inspect(format, VPS)).isEqualTo(Depacketizer.KEY);
        frame(format, "0201 d0");
        assertThat(inspect(format, "0201 d0")).isEqualTo(Depacketizer.START);
    }

    @Test
    void aSliceOfAStreamWithMessagesIsNotCertainlyTheFirst() {
        frame(format, "4e01 0102", "0201 d0");
        assertThat(inspect(format, "0201 d0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6401 00 00", "6601 00", "7e01 00", "6001 0003 600100", "6001 0003 620193", "6201 b0 88"})
    void extensionsNestingAndUnspecifiedTypesAreRefused(String payload) {
        assertRefused(payload, PayloadDrop.UNSUPPORTED);
    }

    @Test
    void sizesAndFragmentsThatAreNoneAreRefused() {
        assertRefused("6001 0000 4001", PayloadDrop.BAD_LENGTH);
        assertRefused("6001 0001 40", PayloadDrop.BAD_LENGTH);
        assertRefused("6001 0005 40010c01", PayloadDrop.BAD_LENGTH);
        assertRefused("6001 0004 40010c01 00", PayloadDrop.TRUNCATED);
        assertRefused("6001", PayloadDrop.EMPTY);
        assertRefused("60", PayloadDrop.TRUNCATED);
        assertRefused("6201", PayloadDrop.TRUNCATED);
        assertRefused("6201 93", PayloadDrop.EMPTY);
        assertRefused("6201 d3 aa", PayloadDrop.BAD_VALUE);
        assertRefused("2600 af", PayloadDrop.BAD_VALUE);
        assertRefused("6201 13 aa", PayloadDrop.UNEXPECTED_CONTINUATION);
        assertRefused("6201 53 aa", PayloadDrop.UNEXPECTED_CONTINUATION);
    }

    @Test
    void aFragmentedUnitThatIsNotEndedIsRefused() {
        format.begin();
        assertThat(add(format, "6201 93 af")).isNull();
        assertThat(add(format, "0201 d0")).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
        format.begin();
        assertThat(add(format, "6201 93 af")).isNull();
        assertThat(add(format, "6201 01 af")).isEqualTo(PayloadDrop.UNEXPECTED_CONTINUATION);
        format.begin();
        assertThat(add(format, "6201 93 af")).isNull();
        assertThat(format.end(0, true, frame -> {})).isEqualTo(PayloadDrop.MISSING_CONTINUATION);
    }

    @Test
    void anAggregateHasTheLowestLayerAndTemporalId() {
        Payloads payloads = Payloads.of(new H265Packetizer(), annexB("0203 d0" + START + "0312 40"), 100);
        assertThat(payloads.bytes).containsExactly(hex("6002 0003 0203d0 0003 031240"));
        assertThat(payloads.markers).containsExactly(true);
    }

    @Test
    void aUnitThatIsTooLargeIsFragmentedIntoPartsOfNearlyEqualSize() {
        byte[] bytes = new byte[4 + 2 + 150];
        bytes[3] = 1;
        bytes[4] = 0x26;
        bytes[5] = 0x01;
        for (int i = 6; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Payloads payloads = Payloads.of(new H265Packetizer(), EncodedFrame.video(H265, true, 0, bytes), 64);

        assertThat(payloads.bytes)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part).hasSize(53).startsWith(0x62, 0x01));
        assertThat(payloads.bytes).extracting(part -> part[2] & 0xff).containsExactly(0x93, 0x13, 0x53);
        assertThat(payloads.markers).containsExactly(false, false, true);
    }

    @Test
    void parameterSetsAreRepeatedBeforeARandomAccessPointThatComesWithoutThem() {
        H265Packetizer packetizer = new H265Packetizer();
        Payloads.of(packetizer, annexB(VPS + START + SPS + START + PPS + START + IDR), 100);
        Payloads.of(packetizer, annexB("0201 d0"), 100);

        Payloads again = Payloads.of(packetizer, annexB("4601 50" + START + "4e01 01" + START + IDR), 100);

        assertThat(again.bytes)
                .containsExactly(hex(
                        "6001 0003 460150 0004" + VPS + "0004" + SPS + "0003" + PPS + "0003 4e0101" + "0004" + IDR));
        assertThat(Payloads.of(packetizer, annexB("0201 d0"), 100).bytes).containsExactly(hex("0201d0"));
    }

    @Test
    void newParameterSetsTakeThePlaceOfThoseOfTheirKind() {
        H265Packetizer packetizer = new H265Packetizer();
        Payloads.of(packetizer, annexB(VPS + START + SPS + START + PPS + START + IDR), 100);
        Payloads.of(packetizer, annexB("4401 c2" + START + "4401 c3" + START + "0201 d0"), 100);

        assertThat(Payloads.of(packetizer, annexB("2a01 af"), 100).bytes)
                .containsExactly(hex("6001 0004" + VPS + "0004" + SPS + "0003 4401c2 0003 4401c3 0003 2a01af"));
    }

    @Test
    void whatHasNoUnitThatRtpCanCarryIsNotSent() {
        H265Packetizer packetizer = new H265Packetizer();
        for (String bytes : new String[] {"00000001", "4142", "00000001 40", "00000001 6001 0003 4001 0c"}) {
            assertThat(packetizer.packetize(EncodedFrame.video(H265, false, 0, hex(bytes)), 100, new Payloads()))
                    .isFalse();
        }
    }

    private void assertRefused(String payload, PayloadDrop reason) {
        format.begin();
        assertThat(add(format, payload)).as(payload).isEqualTo(reason);
    }

    private static EncodedFrame annexB(String units) {
        return EncodedFrame.video(H265, false, 0, hex(START + units));
    }
}
