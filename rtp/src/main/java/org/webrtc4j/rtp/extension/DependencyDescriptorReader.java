package org.webrtc4j.rtp.extension;

/**
 * Reads dependency descriptors of one stream in the order of arrival (AV1 RTP payload format, appendix A.8), keeping the
 * structure they refer to. Nothing is allocated after construction.
 */
public final class DependencyDescriptorReader {

    /** How a reading went. */
    public enum Result {
        /** Everything is read. */
        COMPLETE,
        /** No structure has come yet: only the frame's bounds and number are read. */
        STRUCTURE_MISSING,
        /** The template is not in the structure: only the frame's bounds and number are read. */
        UNKNOWN_TEMPLATE,
        /** The bytes contradict themselves; the structure is as before. */
        MALFORMED
    }

    private static final int MANDATORY_SIZE = 3;

    private final BitReader bits = new BitReader();
    private DependencyStructure structure = new DependencyStructure();
    private DependencyStructure incoming = new DependencyStructure();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private int activeDecodeTargets;

    /** Creates a reader without a structure. */
    public DependencyDescriptorReader() {}

    /**
     * Returns what was read last.
     *
     * @return the same object each time
     */
    public DependencyDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Returns the structure in force.
     *
     * @return without templates before the first came; replaced by another object when a new one comes
     */
    public DependencyStructure structure() {
        return structure;
    }

    /**
     * Reads the element of one packet.
     *
     * @param array the array
     * @param at where the element starts
     * @param length its bytes
     * @return how it went
     */
    public Result read(byte[] array, int at, int length) {
        if (length < MANDATORY_SIZE) {
            return Result.MALFORMED;
        }
        bits.reset(array, at, length);
        DependencyDescriptor d = descriptor;
        d.startOfFrame = bits.flag();
        d.endOfFrame = bits.flag();
        d.templateId = bits.bits(6);
        d.frameNumber = bits.bits(16);
        boolean extended = length > MANDATORY_SIZE;
        d.structureAttached = extended && bits.flag();
        d.activeDecodeTargetsPresent = extended && bits.flag();
        boolean customIndications = extended && bits.flag();
        boolean customDiffs = extended && bits.flag();
        boolean customChains = extended && bits.flag();
        if (d.structureAttached && !readStructure(incoming)) {
            return Result.MALFORMED;
        }
        DependencyStructure in = d.structureAttached ? incoming : structure;
        if (in.templates == 0) {
            return Result.STRUCTURE_MISSING;
        }
        int active = d.structureAttached ? in.allDecodeTargets() : activeDecodeTargets;
        if (d.activeDecodeTargetsPresent) {
            active = bits.bits(in.decodeTargets);
        }
        int index = (d.templateId + DependencyStructure.MAX_TEMPLATES - in.templateIdOffset)
                % DependencyStructure.MAX_TEMPLATES;
        if (index >= in.templates) {
            return Result.UNKNOWN_TEMPLATE;
        }
        if (!readFrame(in, index, customIndications, customDiffs, customChains)) {
            return Result.MALFORMED;
        }
        d.activeDecodeTargets = active;
        activeDecodeTargets = active;
        if (d.structureAttached) {
            incoming = structure;
            structure = in;
        }
        return Result.COMPLETE;
    }

    private boolean readFrame(
            DependencyStructure in, int index, boolean customIndications, boolean customDiffs, boolean customChains) {
        DependencyDescriptor d = descriptor;
        int row = index * DependencyStructure.MAX_DECODE_TARGETS;
        for (int i = 0; i < in.decodeTargets; i++) {
            d.indications[i] = customIndications ? bits.bits(2) : in.indications[row + i];
        }
        if (customDiffs) {
            if (!readCustomDiffs()) {
                return false;
            }
        } else {
            d.frameDiffCount = in.diffCounts[index];
            for (int i = 0; i < d.frameDiffCount; i++) {
                d.frameDiffs[i] = in.diffs[index * DependencyStructure.MAX_FRAME_DIFFS + i];
            }
        }
        for (int i = 0; i < in.chains; i++) {
            d.chainDiffs[i] = customChains ? bits.bits(8) : in.chainDiffs[row + i];
        }
        d.spatialId = in.spatialIds[index];
        d.temporalId = in.temporalIds[index];
        d.width = in.resolutions ? in.widths[d.spatialId] : 0;
        d.height = in.resolutions ? in.heights[d.spatialId] : 0;
        return !bits.failed();
    }

    private boolean readCustomDiffs() {
        DependencyDescriptor d = descriptor;
        d.frameDiffCount = 0;
        for (int size = bits.bits(2); size != 0; size = bits.bits(2)) {
            if (d.frameDiffCount == DependencyStructure.MAX_FRAME_DIFFS) {
                return false;
            }
            d.frameDiffs[d.frameDiffCount++] = bits.bits(4 * size) + 1;
        }
        return true;
    }

    private boolean readStructure(DependencyStructure in) {
        int idOffset = bits.bits(6);
        in.define(idOffset, bits.bits(5) + 1, 0);
        if (!readLayers(in)) {
            return false;
        }
        for (int i = 0; i < in.templates; i++) {
            for (int target = 0; target < in.decodeTargets; target++) {
                in.indications[i * DependencyStructure.MAX_DECODE_TARGETS + target] = (byte) bits.bits(2);
            }
        }
        return readDiffs(in) && readChains(in) && readResolutions(in);
    }

    private boolean readLayers(DependencyStructure in) {
        int spatial = 0;
        int temporal = 0;
        int next = 0;
        while (next != 3) {
            if (in.templates == DependencyStructure.MAX_TEMPLATES
                    || spatial == DependencyStructure.MAX_SPATIAL_LAYERS
                    || temporal == DependencyStructure.MAX_TEMPORAL_LAYERS
                    || bits.failed()) {
                return false;
            }
            in.spatialIds[in.templates] = spatial;
            in.temporalIds[in.templates++] = temporal;
            next = bits.bits(2);
            if (next == 1) {
                temporal++;
            } else if (next == 2) {
                temporal = 0;
                spatial++;
            }
        }
        return true;
    }

    private boolean readDiffs(DependencyStructure in) {
        for (int i = 0; i < in.templates; i++) {
            int count = 0;
            while (bits.flag()) {
                if (count == DependencyStructure.MAX_FRAME_DIFFS) {
                    return false;
                }
                in.diffs[i * DependencyStructure.MAX_FRAME_DIFFS + count++] = (byte) (bits.bits(4) + 1);
            }
            in.diffCounts[i] = (byte) count;
        }
        return !bits.failed();
    }

    private boolean readChains(DependencyStructure in) {
        in.chains = bits.nonSymmetric(in.decodeTargets + 1);
        if (in.chains == 0) {
            return !bits.failed();
        }
        if (in.chains > in.decodeTargets) {
            return false;
        }
        for (int i = 0; i < in.decodeTargets; i++) {
            in.protectedBy[i] = (byte) bits.nonSymmetric(in.chains);
        }
        for (int i = 0; i < in.templates; i++) {
            for (int chain = 0; chain < in.chains; chain++) {
                in.chainDiffs[i * DependencyStructure.MAX_DECODE_TARGETS + chain] = (byte) bits.bits(4);
            }
        }
        return !bits.failed();
    }

    private boolean readResolutions(DependencyStructure in) {
        in.resolutions = bits.flag();
        if (in.resolutions) {
            for (int i = 0; i <= in.spatialIds[in.templates - 1]; i++) {
                in.widths[i] = bits.bits(16) + 1;
                in.heights[i] = bits.bits(16) + 1;
            }
        }
        return !bits.failed();
    }
}
