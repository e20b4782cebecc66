package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.extension.VideoLayersAllocation;

/** Reads what the other side says of the layers it sends, and says it of ours (video-layers-allocation00). */
final class LayersTelling {

    private static final int MAX_PIXELS = 65_536;
    private static final int MAX_FRAME_RATE = 255;

    private final VideoLayersAllocation allocation = new VideoLayersAllocation();
    private final byte[] scratch = new byte[VideoLayersAllocation.MAX_SIZE];

    /** Reads the element of a packet; null when it has none, or one that contradicts itself. */
    @Nullable
    List<ToldLayer> read(RtpPacket packet, int id) {
        if (id == 0
                || !packet.hasExtension(id)
                || !allocation.read(packet.array(), packet.extensionOffset(id), packet.extensionLength(id))) {
            return null;
        }
        List<ToldLayer> layers = new ArrayList<>();
        for (int stream = 0; stream < allocation.streamCount; stream++) {
            for (int spatial = 0; spatial < VideoLayersAllocation.MAX_SPATIAL_LAYERS; spatial++) {
                List<Long> rates = new ArrayList<>();
                for (int i = 0; i < allocation.temporalLayerCount(stream, spatial); i++) {
                    rates.add(allocation.rateKbps(stream, spatial, i));
                }
                if (!rates.isEmpty()) {
                    boolean sized = allocation.resolutionsPresent;
                    layers.add(new ToldLayer(
                            stream,
                            spatial,
                            rates,
                            sized ? allocation.width(stream, spatial) : 0,
                            sized ? allocation.height(stream, spatial) : 0,
                            sized ? allocation.framesPerSecond(stream, spatial) : 0));
                }
            }
        }
        return layers;
    }

    /** Begins to say what is sent. */
    void begin(int ofStream) {
        allocation.clear();
        allocation.stream = ofStream;
    }

    void add(int stream, long kilobitsPerSecond, FrameStats frames) {
        allocation.addLayer(stream, 0, kilobitsPerSecond);
        if (frames.width() > 0 && frames.width() <= MAX_PIXELS && frames.height() <= MAX_PIXELS) {
            allocation.setResolution(
                    stream, 0, frames.width(), frames.height(), Math.min(MAX_FRAME_RATE, frames.lastSecond()));
        }
    }

    /** Puts it into the packet sent next, where it was negotiated and the sizes of all are known. */
    void put(SendStream stream) {
        for (int i = 0; i < allocation.streamCount; i++) {
            if (allocation.temporalLayerCount(i, 0) > 0 && allocation.width(i, 0) == 0) {
                allocation.resolutionsPresent = false;
            }
        }
        int length = allocation.write(scratch, 0);
        stream.putExtension(HeaderExtensionType.VIDEO_LAYERS_ALLOCATION, scratch, 0, length);
    }
}
