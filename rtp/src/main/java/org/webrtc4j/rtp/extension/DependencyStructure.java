package org.webrtc4j.rtp.extension;

import java.util.Arrays;
import java.util.Objects;

/**
 * The templates of a dependency descriptor (AV1 RTP payload format, appendix A.8): which frames of a stream look alike,
 * which layers they are of, and which of them each decode target needs.
 *
 * <p>Of fixed size; filled in place by a reader, or by a sender with {@link #define} and what follows it.
 */
public final class DependencyStructure {

    /** Templates a structure can have. */
    public static final int MAX_TEMPLATES = 64;

    /** Decode targets a structure can have. */
    public static final int MAX_DECODE_TARGETS = 32;

    /** Spatial layers a structure can have. */
    public static final int MAX_SPATIAL_LAYERS = 4;

    /** Temporal layers a structure can have. */
    public static final int MAX_TEMPORAL_LAYERS = 8;

    /** Frames that a frame may refer to; a descriptor with more is held malformed. */
    public static final int MAX_FRAME_DIFFS = 8;

    /** The frame is not part of the decode target. */
    public static final int NOT_PRESENT = 0;

    /** No later frame of the decode target needs the frame. */
    public static final int DISCARDABLE = 1;

    /** From here on the decode target can be decoded. */
    public static final int SWITCH = 2;

    /** Later frames of the decode target need the frame. */
    public static final int REQUIRED = 3;

    int templateIdOffset;
    int decodeTargets;
    int templates;
    int chains;
    boolean resolutions;
    final int[] spatialIds = new int[MAX_TEMPLATES];
    final int[] temporalIds = new int[MAX_TEMPLATES];
    final byte[] indications = new byte[MAX_TEMPLATES * MAX_DECODE_TARGETS];
    final byte[] diffCounts = new byte[MAX_TEMPLATES];
    final byte[] diffs = new byte[MAX_TEMPLATES * MAX_FRAME_DIFFS];
    final byte[] chainDiffs = new byte[MAX_TEMPLATES * MAX_DECODE_TARGETS];
    final byte[] protectedBy = new byte[MAX_DECODE_TARGETS];
    final int[] widths = new int[MAX_SPATIAL_LAYERS];
    final int[] heights = new int[MAX_SPATIAL_LAYERS];

    /** Creates a structure without templates. */
    public DependencyStructure() {}

    /**
     * Starts a structure anew.
     *
     * @param idOffset number of the first template, 0 to 63
     * @param decodeTargetCount 1 to 32
     * @param chainCount 0 to the decode targets
     * @throws IllegalArgumentException when one is out of range
     */
    public void define(int idOffset, int decodeTargetCount, int chainCount) {
        if (idOffset < 0
                || idOffset >= MAX_TEMPLATES
                || decodeTargetCount < 1
                || decodeTargetCount > MAX_DECODE_TARGETS
                || chainCount < 0
                || chainCount > decodeTargetCount) {
            throw new IllegalArgumentException("No such structure: offset " + idOffset + ", " + decodeTargetCount
                    + " decode targets, " + chainCount + " chains");
        }
        templateIdOffset = idOffset;
        decodeTargets = decodeTargetCount;
        chains = chainCount;
        templates = 0;
        resolutions = false;
        Arrays.fill(protectedBy, (byte) 0);
    }

    /**
     * Adds a template; its layer is that of the one before, or the next.
     *
     * @param spatialId 0 to 3
     * @param temporalId 0 to 7
     * @param targetIndications one of {@link #NOT_PRESENT} to {@link #REQUIRED} per decode target
     * @param frameDiffs how many frames back those are that the frame refers to, 1 to 16 each
     * @param chainFrameDiffs how many frames back the last of each chain is, 0 to 15 each
     * @throws IllegalArgumentException when the template cannot stand here
     */
    public void addTemplate(
            int spatialId, int temporalId, int[] targetIndications, int[] frameDiffs, int[] chainFrameDiffs) {
        if (templates == MAX_TEMPLATES
                || targetIndications.length != decodeTargets
                || frameDiffs.length > MAX_FRAME_DIFFS
                || chainFrameDiffs.length != chains
                || !follows(spatialId, temporalId)) {
            throw new IllegalArgumentException("Template " + templates + " does not fit its structure");
        }
        spatialIds[templates] = spatialId;
        temporalIds[templates] = temporalId;
        for (int i = 0; i < decodeTargets; i++) {
            indications[templates * MAX_DECODE_TARGETS + i] = inRange(targetIndications[i], 0, REQUIRED);
        }
        diffCounts[templates] = (byte) frameDiffs.length;
        for (int i = 0; i < frameDiffs.length; i++) {
            diffs[templates * MAX_FRAME_DIFFS + i] = inRange(frameDiffs[i], 1, 16);
        }
        for (int i = 0; i < chains; i++) {
            chainDiffs[templates * MAX_DECODE_TARGETS + i] = inRange(chainFrameDiffs[i], 0, 15);
        }
        templates++;
    }

    private boolean follows(int spatialId, int temporalId) {
        if (templates == 0) {
            return spatialId == 0 && temporalId == 0;
        }
        int spatial = spatialIds[templates - 1];
        int temporal = temporalIds[templates - 1];
        boolean sameSpatial = spatialId == spatial && (temporalId == temporal || temporalId == temporal + 1);
        boolean nextSpatial = spatialId == spatial + 1 && temporalId == 0;
        return (sameSpatial || nextSpatial) && spatialId < MAX_SPATIAL_LAYERS && temporalId < MAX_TEMPORAL_LAYERS;
    }

    private static byte inRange(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not between " + least + " and " + most);
        }
        return (byte) value;
    }

    /**
     * Says which chain protects a decode target.
     *
     * @param decodeTarget from 0
     * @param chain from 0
     */
    public void protect(int decodeTarget, int chain) {
        Objects.checkIndex(decodeTarget, decodeTargets);
        protectedBy[decodeTarget] = (byte) Objects.checkIndex(chain, chains);
    }

    /**
     * Says how large the pictures of a spatial layer are; say it of all.
     *
     * @param spatialId from 0
     * @param width 1 to 65536 pixels
     * @param height 1 to 65536 pixels
     */
    public void resolution(int spatialId, int width, int height) {
        widths[spatialId] = width;
        heights[spatialId] = height;
        resolutions = true;
    }

    /**
     * Takes over all of another structure.
     *
     * @param other copied
     */
    public void copyFrom(DependencyStructure other) {
        templateIdOffset = other.templateIdOffset;
        decodeTargets = other.decodeTargets;
        templates = other.templates;
        chains = other.chains;
        resolutions = other.resolutions;
        System.arraycopy(other.spatialIds, 0, spatialIds, 0, MAX_TEMPLATES);
        System.arraycopy(other.temporalIds, 0, temporalIds, 0, MAX_TEMPLATES);
        System.arraycopy(other.indications, 0, indications, 0, indications.length);
        System.arraycopy(other.diffCounts, 0, diffCounts, 0, MAX_TEMPLATES);
        System.arraycopy(other.diffs, 0, diffs, 0, diffs.length);
        System.arraycopy(other.chainDiffs, 0, chainDiffs, 0, chainDiffs.length);
        System.arraycopy(other.protectedBy, 0, protectedBy, 0, MAX_DECODE_TARGETS);
        System.arraycopy(other.widths, 0, widths, 0, MAX_SPATIAL_LAYERS);
        System.arraycopy(other.heights, 0, heights, 0, MAX_SPATIAL_LAYERS);
    }

    /**
     * Returns the number of templates.
     *
     * @return 0 before any structure, to 64
     */
    public int templateCount() {
        return templates;
    }

    /**
     * Returns the number of decode targets.
     *
     * @return 0 before any structure, to 32
     */
    public int decodeTargetCount() {
        return decodeTargets;
    }

    /**
     * Returns the number of chains.
     *
     * @return 0 to the decode targets
     */
    public int chainCount() {
        return chains;
    }

    /**
     * Returns the chain that protects a decode target.
     *
     * @param decodeTarget from 0
     * @return from 0; of no meaning without chains
     */
    public int protectingChain(int decodeTarget) {
        return protectedBy[Objects.checkIndex(decodeTarget, decodeTargets)];
    }

    /**
     * Returns the highest spatial layer that a decode target has.
     *
     * @param decodeTarget from 0
     * @return from 0
     */
    public int spatialLayerOf(int decodeTarget) {
        return highest(decodeTarget, spatialIds);
    }

    /**
     * Returns the highest temporal layer that a decode target has.
     *
     * @param decodeTarget from 0
     * @return from 0
     */
    public int temporalLayerOf(int decodeTarget) {
        return highest(decodeTarget, temporalIds);
    }

    private int highest(int decodeTarget, int[] layers) {
        Objects.checkIndex(decodeTarget, decodeTargets);
        int highest = 0;
        for (int i = 0; i < templates; i++) {
            if (indications[i * MAX_DECODE_TARGETS + decodeTarget] != NOT_PRESENT) {
                highest = Math.max(highest, layers[i]);
            }
        }
        return highest;
    }

    /**
     * Returns a mask of all decode targets.
     *
     * @return a bit for each, the lowest for the first
     */
    public int allDecodeTargets() {
        return decodeTargets == MAX_DECODE_TARGETS ? -1 : (1 << decodeTargets) - 1;
    }
}
