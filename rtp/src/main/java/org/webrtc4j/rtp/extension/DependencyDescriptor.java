package org.webrtc4j.rtp.extension;

/**
 * What one packet says of its frame (AV1 RTP payload format, appendix A): filled in place by a
 * {@link DependencyDescriptorReader}, or by a sender for a {@link DependencyDescriptorWriter}.
 *
 * <p>Fields are public, as this is a row of numbers with no rule among them.
 */
public final class DependencyDescriptor {

    /** Whether the packet is the first of its frame. */
    public boolean startOfFrame;

    /** Whether the packet is the last of its frame. */
    public boolean endOfFrame;

    /** Number of the template, as on the wire; chosen by the writer. */
    public int templateId;

    /** Number of the frame, 0 to 65535. */
    public int frameNumber;

    /** Whether the structure travels with this packet. */
    public boolean structureAttached;

    /** Whether {@link #activeDecodeTargets} is said by this packet. */
    public boolean activeDecodeTargetsPresent;

    /** A bit for each decode target that is sent, the lowest for the first. */
    public int activeDecodeTargets;

    /** Spatial layer of the frame. */
    public int spatialId;

    /** Temporal layer of the frame. */
    public int temporalId;

    /** What the frame is for each decode target: {@link DependencyStructure#NOT_PRESENT} to REQUIRED. */
    public final int[] indications = new int[DependencyStructure.MAX_DECODE_TARGETS];

    /** How many entries of {@link #frameDiffs} count. */
    public int frameDiffCount;

    /** How many frames back those are that the frame refers to. */
    public final int[] frameDiffs = new int[DependencyStructure.MAX_FRAME_DIFFS];

    /** How many frames back the last of each chain is; 0 when the frame begins it. */
    public final int[] chainDiffs = new int[DependencyStructure.MAX_DECODE_TARGETS];

    /** Width of the frame in pixels, or 0 when not said. */
    public int width;

    /** Height of the frame in pixels, or 0 when not said. */
    public int height;

    /** Creates a descriptor of zeros. */
    public DependencyDescriptor() {}
}
