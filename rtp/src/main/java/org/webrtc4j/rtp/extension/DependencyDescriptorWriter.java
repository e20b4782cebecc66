package org.webrtc4j.rtp.extension;

/**
 * Writes dependency descriptors of one stream (AV1 RTP payload format, appendix A.8): of the templates of the frame's layer
 * it takes the one that leaves least to be said. Nothing is allocated after construction.
 */
public final class DependencyDescriptorWriter {

    private static final int CUSTOM_INDICATIONS = 1;
    private static final int CUSTOM_DIFFS = 2;
    private static final int CUSTOM_CHAINS = 4;
    private static final int MANDATORY_BITS = 24;
    private static final int FLAG_BITS = 5;

    private final DependencyStructure structure = new DependencyStructure();
    private final BitWriter bits = new BitWriter();
    private int custom;

    /** Creates a writer without a structure. */
    public DependencyDescriptorWriter() {}

    /**
     * Sets the structure that frames refer to from now on; the next packet should carry it.
     *
     * @param newStructure copied
     */
    public void setStructure(DependencyStructure newStructure) {
        structure.copyFrom(newStructure);
    }

    /**
     * Writes the element of one packet, and the template's number into the descriptor.
     *
     * @param descriptor what to say
     * @param array the array
     * @param at where the element starts
     * @param capacity how many bytes it may have
     * @return its size in bytes, or -1 when it does not fit or no template has the frame's layer
     */
    public int write(DependencyDescriptor descriptor, byte[] array, int at, int capacity) {
        int template = chooseTemplate(descriptor);
        if (template < 0) {
            return -1;
        }
        descriptor.templateId = (template + structure.templateIdOffset) % DependencyStructure.MAX_TEMPLATES;
        boolean masked = descriptor.activeDecodeTargetsPresent
                && !(descriptor.structureAttached && descriptor.activeDecodeTargets == structure.allDecodeTargets());
        bits.reset(array, at, capacity);
        bits.flag(descriptor.startOfFrame);
        bits.flag(descriptor.endOfFrame);
        bits.bits(descriptor.templateId, 6);
        bits.bits(descriptor.frameNumber, 16);
        if (descriptor.structureAttached || masked || custom != 0) {
            bits.flag(descriptor.structureAttached);
            bits.flag(masked);
            bits.flag((custom & CUSTOM_INDICATIONS) != 0);
            bits.flag((custom & CUSTOM_DIFFS) != 0);
            bits.flag((custom & CUSTOM_CHAINS) != 0);
            if (descriptor.structureAttached) {
                writeStructure();
            }
            if (masked) {
                bits.bits(descriptor.activeDecodeTargets, structure.decodeTargets);
            }
            writeFrame(descriptor);
        }
        return bits.overflowed() ? -1 : bits.size();
    }

    private int chooseTemplate(DependencyDescriptor descriptor) {
        int best = -1;
        int bestCost = Integer.MAX_VALUE;
        for (int i = 0; i < structure.templates; i++) {
            if (structure.spatialIds[i] == descriptor.spatialId && structure.temporalIds[i] == descriptor.temporalId) {
                int difference = difference(descriptor, i);
                int cost = cost(descriptor, difference);
                if (cost < bestCost) {
                    best = i;
                    bestCost = cost;
                    custom = difference;
                }
            }
        }
        return best;
    }

    private int difference(DependencyDescriptor descriptor, int template) {
        int row = template * DependencyStructure.MAX_DECODE_TARGETS;
        int difference = 0;
        for (int i = 0; i < structure.decodeTargets; i++) {
            if (descriptor.indications[i] != structure.indications[row + i]) {
                difference |= CUSTOM_INDICATIONS;
            }
        }
        if (descriptor.frameDiffCount != structure.diffCounts[template]) {
            difference |= CUSTOM_DIFFS;
        }
        for (int i = 0; i < descriptor.frameDiffCount; i++) {
            if (descriptor.frameDiffs[i] != structure.diffs[template * DependencyStructure.MAX_FRAME_DIFFS + i]) {
                difference |= CUSTOM_DIFFS;
            }
        }
        for (int i = 0; i < structure.chains; i++) {
            if (descriptor.chainDiffs[i] != structure.chainDiffs[row + i]) {
                difference |= CUSTOM_CHAINS;
            }
        }
        return difference;
    }

    /** Bits beyond the least, to compare templates by. */
    private int cost(DependencyDescriptor descriptor, int difference) {
        int cost = MANDATORY_BITS + (difference == 0 ? 0 : FLAG_BITS);
        if ((difference & CUSTOM_INDICATIONS) != 0) {
            cost += 2 * structure.decodeTargets;
        }
        if ((difference & CUSTOM_DIFFS) != 0) {
            cost += 2;
            for (int i = 0; i < descriptor.frameDiffCount; i++) {
                cost += 2 + 4 * nibbles(descriptor.frameDiffs[i]);
            }
        }
        return (difference & CUSTOM_CHAINS) == 0 ? cost : cost + 8 * structure.chains;
    }

    private static int nibbles(int frameDiff) {
        int value = frameDiff - 1;
        if (value < 1 << 4) {
            return 1;
        }
        return value < 1 << 8 ? 2 : 3;
    }

    private void writeFrame(DependencyDescriptor descriptor) {
        if ((custom & CUSTOM_INDICATIONS) != 0) {
            for (int i = 0; i < structure.decodeTargets; i++) {
                bits.bits(descriptor.indications[i], 2);
            }
        }
        if ((custom & CUSTOM_DIFFS) != 0) {
            for (int i = 0; i < descriptor.frameDiffCount; i++) {
                int size = nibbles(descriptor.frameDiffs[i]);
                bits.bits(size, 2);
                bits.bits(descriptor.frameDiffs[i] - 1, 4 * size);
            }
            bits.bits(0, 2);
        }
        if ((custom & CUSTOM_CHAINS) != 0) {
            for (int i = 0; i < structure.chains; i++) {
                bits.bits(descriptor.chainDiffs[i], 8);
            }
        }
    }

    private void writeStructure() {
        DependencyStructure s = structure;
        bits.bits(s.templateIdOffset, 6);
        bits.bits(s.decodeTargets - 1, 5);
        for (int i = 0; i < s.templates; i++) {
            bits.bits(nextLayer(i + 1), 2);
        }
        for (int i = 0; i < s.templates; i++) {
            for (int target = 0; target < s.decodeTargets; target++) {
                bits.bits(s.indications[i * DependencyStructure.MAX_DECODE_TARGETS + target], 2);
            }
        }
        for (int i = 0; i < s.templates; i++) {
            for (int diff = 0; diff < s.diffCounts[i]; diff++) {
                bits.flag(true);
                bits.bits(s.diffs[i * DependencyStructure.MAX_FRAME_DIFFS + diff] - 1, 4);
            }
            bits.flag(false);
        }
        writeChains();
        bits.flag(s.resolutions);
        if (s.resolutions) {
            for (int i = 0; i <= s.spatialIds[s.templates - 1]; i++) {
                bits.bits(s.widths[i] - 1, 16);
                bits.bits(s.heights[i] - 1, 16);
            }
        }
    }

    private void writeChains() {
        DependencyStructure s = structure;
        bits.nonSymmetric(s.chains, s.decodeTargets + 1);
        if (s.chains == 0) {
            return;
        }
        for (int i = 0; i < s.decodeTargets; i++) {
            bits.nonSymmetric(s.protectedBy[i], s.chains);
        }
        for (int i = 0; i < s.templates; i++) {
            for (int chain = 0; chain < s.chains; chain++) {
                bits.bits(s.chainDiffs[i * DependencyStructure.MAX_DECODE_TARGETS + chain], 4);
            }
        }
    }

    private int nextLayer(int template) {
        if (template == structure.templates) {
            return 3;
        }
        if (structure.spatialIds[template] != structure.spatialIds[template - 1]) {
            return 2;
        }
        return structure.temporalIds[template] != structure.temporalIds[template - 1] ? 1 : 0;
    }
}
