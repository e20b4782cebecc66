package org.webrtc4j.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.SequenceUnwrapper;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.extension.DependencyDescriptor;
import org.webrtc4j.rtp.extension.DependencyDescriptorReader;
import org.webrtc4j.rtp.extension.DependencyStructure;

/**
 * What the dependency descriptors of one stream say of its latest pictures (AV1 RTP payload format, appendix A), by timestamp: of
 * a picture with several spatial layers, its highest. Descriptors that say nothing, as their structure has not come or lacks their
 * template, leave a picture without a word.
 */
final class DescribedFrames {

    /** Pictures that are remembered: as many as wait for a retransmission at 60 a second. */
    static final int MAX = 64;

    private static final long NONE = Long.MIN_VALUE;

    private final DependencyDescriptorReader reader = new DependencyDescriptorReader();
    private final SequenceUnwrapper numbers = SequenceUnwrapper.of16Bits();
    private final long[] timestamps = new long[MAX];
    private final @Nullable FrameFacts[] facts = new FrameFacts[MAX];
    private int next;

    DescribedFrames() {
        Arrays.fill(timestamps, NONE);
    }

    /** Reads the descriptor of a packet, where it has one. */
    void onPacket(RtpPacket packet, int extensionId) {
        if (extensionId == 0 || !packet.hasExtension(extensionId)) {
            return;
        }
        DependencyDescriptorReader.Result result =
                reader.read(packet.array(), packet.extensionOffset(extensionId), packet.extensionLength(extensionId));
        DependencyDescriptor read = reader.descriptor();
        if (result != DependencyDescriptorReader.Result.COMPLETE || !read.startOfFrame) {
            return;
        }
        int place = place(packet.unwrappedTimestamp());
        FrameFacts known = facts[place];
        if (known == null || read.spatialId >= known.layers().spatialId()) {
            facts[place] = facts(read, reader.structure());
        }
    }

    private int place(long timestamp) {
        for (int i = 0; i < MAX; i++) {
            if (timestamps[i] == timestamp) {
                return i;
            }
        }
        int place = next;
        next = (next + 1) % MAX;
        timestamps[place] = timestamp;
        facts[place] = null;
        return place;
    }

    private FrameFacts facts(DependencyDescriptor read, DependencyStructure structure) {
        boolean needed = false;
        boolean sync = false;
        for (int i = 0; i < structure.decodeTargetCount(); i++) {
            sync |= read.indications[i] == DependencyStructure.SWITCH;
            needed |= read.indications[i] > DependencyStructure.DISCARDABLE;
        }
        long number = numbers.unwrap(read.frameNumber);
        long[] dependencies = new long[read.frameDiffCount];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] = number - read.frameDiffs[i];
        }
        return new FrameFacts(
                new FrameLayers(read.spatialId, read.temporalId, !needed, sync, true),
                number,
                dependencies,
                read.width,
                read.height);
    }

    /** What is known of a frame; null when nothing is. */
    @Nullable
    FrameFacts of(EncodedFrame frame) {
        for (int i = 0; i < MAX; i++) {
            if (timestamps[i] == frame.timestamp()) {
                return facts[i];
            }
        }
        return null;
    }
}
