package org.webrtc4j.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.extension.DependencyDescriptorReader.Result;

/** AV1 RTP payload format, appendix A. */
class DependencyDescriptorTest {

    private static final int D = DependencyStructure.DISCARDABLE;
    private static final int S = DependencyStructure.SWITCH;
    private static final int R = DependencyStructure.REQUIRED;
    private static final int N = DependencyStructure.NOT_PRESENT;

    /** One spatial and one temporal layer, one chain, 640x360: template 5 is a key frame, template 6 refers one back. */
    private static final String STRUCTURE = "000101 00000" // the first template is 5; one decode target
            + "00 11" // two templates of one layer
            + "10 10" // both SWITCH for the decode target
            + "0 1 0000 0" // refers to nothing; refers one back
            + "1 " // ns(2): one chain, which protects the decode target in ns(1), no bits
            + "0000 0001" // the chain begins; the chain's last frame is one back
            + "1 0000001001111111 0000000101100111"; // 640x360

    private final DependencyDescriptorReader reader = new DependencyDescriptorReader();
    private final DependencyDescriptor read = reader.descriptor();

    private static byte[] bits(String text) {
        String digits = text.replaceAll("[^01]", "");
        byte[] bytes = new byte[(digits.length() + 7) / 8];
        for (int i = 0; i < digits.length(); i++) {
            bytes[i / 8] |= (byte) ((digits.charAt(i) - '0') << (7 - i % 8));
        }
        return bytes;
    }

    private Result read(String text) {
        byte[] bytes = bits(text);
        return reader.read(bytes, 0, bytes.length);
    }

    private void readKeyFrame() {
        assertThat(read("1 0 000101 0000000000000111  1 0 0 0 0" + STRUCTURE)).isEqualTo(Result.COMPLETE);
    }

    @Test
    void aKeyFrameBringsTheStructureAndRefersToItsTemplate() {
        readKeyFrame();

        assertThat(read.startOfFrame).isTrue();
        assertThat(read.endOfFrame).isFalse();
        assertThat(read.frameNumber).isEqualTo(7);
        assertThat(read.structureAttached).isTrue();
        assertThat(read.activeDecodeTargets).isEqualTo(1);
        assertThat(read.indications[0]).isEqualTo(S);
        assertThat(read.frameDiffCount).isZero();
        assertThat(read.chainDiffs[0]).isZero();
        assertThat(read.width).isEqualTo(640);
        assertThat(read.height).isEqualTo(360);
        assertThat(reader.structure().chainCount()).isEqualTo(1);
        assertThat(reader.structure().protectingChain(0)).isZero();
    }

    @Test
    void threeBytesAreEnoughForAFrameLikeItsTemplate() {
        readKeyFrame();

        assertThat(read("0 1 000110 0000000000001000")).isEqualTo(Result.COMPLETE);

        assertThat(read.endOfFrame).isTrue();
        assertThat(read.structureAttached).isFalse();
        assertThat(read.frameDiffCount).isEqualTo(1);
        assertThat(read.frameDiffs[0]).isEqualTo(1);
        assertThat(read.chainDiffs[0]).isEqualTo(1);
        assertThat(read.activeDecodeTargets).isEqualTo(1);
    }

    @Test
    void whatDiffersFromTheTemplateIsSaidByThePacket() {
        readKeyFrame();

        assertThat(read(
                        "1 1 000110 0000000000001001  0 0 1 1 1" // custom indications, differences, chains
                                + "01" // discardable
                                + "01 0010  10 00001111  00" // three back, sixteen back
                                + "11111111"))
                .isEqualTo(Result.COMPLETE);

        assertThat(read.indications[0]).isEqualTo(D);
        assertThat(read.frameDiffCount).isEqualTo(2);
        assertThat(read.frameDiffs[0]).isEqualTo(3);
        assertThat(read.frameDiffs[1]).isEqualTo(16);
        assertThat(read.chainDiffs[0]).isEqualTo(255);
    }

    @Test
    void theActiveDecodeTargetsHoldUntilTheyAreSaidAnew() {
        readKeyFrame();
        assertThat(read("1 1 000110 0000000000001001  0 1 0 0 0  0")).isEqualTo(Result.COMPLETE);
        assertThat(read.activeDecodeTargets).isZero();

        assertThat(read("1 1 000110 0000000000001010")).isEqualTo(Result.COMPLETE);
        assertThat(read.activeDecodeTargets).isZero();
    }

    @Test
    void withoutAStructureOnlyBoundsAndNumberAreRead() {
        assertThat(read("1 1 000110 0000000000001001")).isEqualTo(Result.STRUCTURE_MISSING);
        assertThat(read.frameNumber).isEqualTo(9);
    }

    @Test
    void aTemplateThatIsNotInTheStructureIsUnknown() {
        readKeyFrame();

        assertThat(read("1 1 000111 0000000000001001")).isEqualTo(Result.UNKNOWN_TEMPLATE);
        assertThat(read("1 1 000100 0000000000001001")).isEqualTo(Result.UNKNOWN_TEMPLATE);
    }

    @Test
    void bytesThatEndTooEarlyAreMalformedAndLeaveTheStructure() {
        readKeyFrame();
        DependencyStructure structure = reader.structure();
        byte[] whole = bits("1 0 000101 0000000000000111  1 0 0 0 0" + STRUCTURE);

        for (int length = 0; length < whole.length; length++) {
            if (length == 3) {
                continue; // a frame like its template
            }
            assertThat(reader.read(whole, 0, length)).as("%d bytes", length).isEqualTo(Result.MALFORMED);
        }
        assertThat(reader.structure()).isSameAs(structure);
    }

    @Test
    void layersBeyondTheFormatAreMalformed() {
        assertThat(read("1 0 000000 0000000000000111  1 0 0 0 0  000000 00000  10 10 10 10 10 11"))
                .as("five spatial layers")
                .isEqualTo(Result.MALFORMED);
        assertThat(read("1 0 000000 0000000000000111  1 0 0 0 0  000000 00000 " + "00".repeat(80)))
                .as("80 templates")
                .isEqualTo(Result.MALFORMED);
        assertThat(read("1 0 000000 0000000000000111  1 0 0 0 0  000000 11111 11" + "01".repeat(32)
                        + "1 1111 ".repeat(40)))
                .as("40 references")
                .isEqualTo(Result.MALFORMED);
    }

    @Test
    void sixtyFourDecodeTargetsOrTemplatesAreMalformed() {
        // 5 bits can claim 32 decode targets; 64 templates need 63 times "another of the same layer", which end the
        // bytes.
        assertThat(read("1 0 000000 0000000000000111  1 0 0 0 0  000000 11111 " + "00".repeat(64) + "11"))
                .as("a template too many")
                .isEqualTo(Result.MALFORMED);
        assertThat(read("1 0 000000 0000000000000111  1 0 0 0 0  000000 11111 " + "00".repeat(63) + "11"
                        + "00".repeat(100)))
                .as("64 templates of 32 decode targets, of which the first three have indications")
                .isEqualTo(Result.MALFORMED);
    }

    /** L3T3 with keys only between spatial layers, as the appendix of the payload format lists it. */
    private static DependencyStructure threeByThree() {
        DependencyStructure structure = new DependencyStructure();
        structure.define(60, 9, 3);
        for (int spatial = 0; spatial < 3; spatial++) {
            for (int temporal = 0; temporal < 3; temporal++) {
                for (boolean key : new boolean[] {true, false}) {
                    int[] indications = new int[9];
                    for (int target = 0; target < 9; target++) {
                        boolean in = target / 3 >= spatial && target % 3 >= temporal;
                        indications[target] = !in ? N : temporal == 2 ? D : key ? S : R;
                    }
                    int[] diffs = key ? new int[] {} : new int[] {12 >> temporal, 1};
                    int[] chains = new int[] {3, 2, spatial == 0 && key ? 0 : 1};
                    structure.addTemplate(spatial, temporal, indications, diffs, chains);
                }
            }
        }
        for (int target = 0; target < 9; target++) {
            structure.protect(target, target / 3);
        }
        structure.resolution(0, 320, 180);
        structure.resolution(1, 640, 360);
        structure.resolution(2, 1280, 720);
        return structure;
    }

    @Test
    void everyFrameOfAScalableStreamIsReadAsItWasWritten() {
        DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
        DependencyStructure structure = threeByThree();
        writer.setStructure(structure);
        Random random = new Random(7);
        byte[] element = new byte[260];
        for (int number = 0; number < 20_000; number++) {
            DependencyDescriptor d = new DependencyDescriptor();
            d.startOfFrame = random.nextBoolean();
            d.endOfFrame = random.nextBoolean();
            d.frameNumber = number & 0xffff;
            d.structureAttached = number == 0 || random.nextInt(50) == 0;
            d.spatialId = random.nextInt(3);
            d.temporalId = random.nextInt(3);
            d.activeDecodeTargetsPresent = random.nextInt(4) == 0;
            d.activeDecodeTargets = random.nextBoolean() ? structure.allDecodeTargets() : random.nextInt(512);
            d.frameDiffCount = random.nextInt(4);
            for (int i = 0; i < d.frameDiffCount; i++) {
                d.frameDiffs[i] = 1 + (random.nextInt(1 << 12) >> random.nextInt(12));
            }
            for (int i = 0; i < 9; i++) {
                d.indications[i] = random.nextInt(4);
            }
            for (int i = 0; i < 3; i++) {
                d.chainDiffs[i] = random.nextInt(256);
            }
            int size = writer.write(d, element, 0, element.length);
            assertThat(size).isPositive();

            assertThat(reader.read(element, 0, size)).isEqualTo(Result.COMPLETE);
            assertThat(read.startOfFrame).isEqualTo(d.startOfFrame);
            assertThat(read.endOfFrame).isEqualTo(d.endOfFrame);
            assertThat(read.frameNumber).isEqualTo(d.frameNumber);
            assertThat(read.templateId).isEqualTo(d.templateId);
            assertThat(read.structureAttached).isEqualTo(d.structureAttached);
            assertThat(read.spatialId).isEqualTo(d.spatialId);
            assertThat(read.temporalId).isEqualTo(d.temporalId);
            assertThat(read.width).isEqualTo(320 << d.spatialId);
            assertThat(read.frameDiffCount).isEqualTo(d.frameDiffCount);
            assertThat(java.util.Arrays.equals(read.frameDiffs, 0, d.frameDiffCount, d.frameDiffs, 0, d.frameDiffCount))
                    .isTrue();
            assertThat(java.util.Arrays.equals(read.indications, 0, 9, d.indications, 0, 9))
                    .isTrue();
            assertThat(java.util.Arrays.equals(read.chainDiffs, 0, 3, d.chainDiffs, 0, 3))
                    .isTrue();
            if (d.activeDecodeTargetsPresent) {
                assertThat(read.activeDecodeTargets).isEqualTo(d.activeDecodeTargets);
            }
        }
        assertThat(reader.structure().decodeTargetCount()).isEqualTo(9);
        assertThat(reader.structure().spatialLayerOf(8)).isEqualTo(2);
        assertThat(reader.structure().temporalLayerOf(1)).isEqualTo(1);
        assertThat(reader.structure().protectingChain(5)).isEqualTo(1);
    }

    @Test
    void aFrameLikeATemplateIsWrittenInThreeBytes() {
        DependencyDescriptorWriter writer = new DependencyDescriptorWriter();
        DependencyStructure structure = new DependencyStructure();
        structure.define(5, 1, 1);
        structure.addTemplate(0, 0, new int[] {S}, new int[] {}, new int[] {0});
        structure.addTemplate(0, 0, new int[] {S}, new int[] {1}, new int[] {1});
        structure.protect(0, 0);
        structure.resolution(0, 640, 360);
        writer.setStructure(structure);
        DependencyDescriptor d = new DependencyDescriptor();
        d.startOfFrame = true;
        d.frameNumber = 7;
        d.structureAttached = true;
        d.indications[0] = S;
        byte[] element = new byte[64];

        int size = writer.write(d, element, 0, 64);
        assertThat(java.util.Arrays.copyOf(element, size))
                .isEqualTo(bits("1 0 000101 0000000000000111  1 0 0 0 0" + STRUCTURE));

        d.structureAttached = false;
        d.frameDiffCount = 1;
        d.frameDiffs[0] = 1;
        d.chainDiffs[0] = 1;
        assertThat(writer.write(d, element, 0, 64)).isEqualTo(3);
        assertThat(d.templateId).isEqualTo(6);
        assertThat(writer.write(d, element, 0, 2)).as("no room").isEqualTo(-1);

        d.temporalId = 1;
        assertThat(writer.write(d, element, 0, 64))
                .as("a layer without template")
                .isEqualTo(-1);
    }

    @Test
    void aTemplateThatDoesNotFollowTheOneBeforeIsTheCallersMistake() {
        DependencyStructure structure = new DependencyStructure();
        structure.define(0, 1, 0);

        assertThatThrownBy(() -> structure.addTemplate(1, 0, new int[] {S}, new int[] {}, new int[] {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> structure.addTemplate(0, 0, new int[] {S}, new int[] {17}, new int[] {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> structure.define(0, 33, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
