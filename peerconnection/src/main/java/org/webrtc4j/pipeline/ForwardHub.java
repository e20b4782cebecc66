package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.KeyFrame;
import org.webrtc4j.rtp.ForwardSource;
import org.webrtc4j.rtp.PacketHistory;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;

/**
 * One receiver's packets on one loop, and the senders of that loop they are forwarded to. A packet is kept once for all of
 * them. Confined to the loop.
 */
public final class ForwardHub {

    private static final int PAYLOAD_TYPES = 128;

    /**
     * What a receiver's packets are, as negotiated last.
     *
     * @param codecs by payload type, never changed
     * @param extensions what the identifiers of header extensions mean
     * @param video whether packets are kept for receivers that ask again
     * @param simulcast whether streams with names are received: one without is then one among them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from loop to loop, never compared
    public record Terms(
            @Nullable CodecDescription[] codecs, HeaderExtensionMap extensions, boolean video, boolean simulcast) {}

    /** A sender with its payload types for those of the receiver. */
    private static final class Target {

        final OutboundMedia media;
        final LayerSwitch layers;
        final int[] types = new int[PAYLOAD_TYPES];
        int version = -1;

        Target(OutboundMedia media, Consumer<String> keyFrameRequests) {
            this.media = media;
            layers = new LayerSwitch(media, keyFrameRequests);
        }
    }

    private final Consumer<String> keyFrameRequests;
    private final @Nullable KeyFrame[] detectors = new KeyFrame[PAYLOAD_TYPES];

    private final List<Target> targets = new ArrayList<>();
    private final ForwardStreams streams = new ForwardStreams();
    private Terms terms = new Terms(new CodecDescription[PAYLOAD_TYPES], HeaderExtensionMap.EMPTY, false, false);

    /**
     * Creates one without senders.
     *
     * @param keyFrameRequests asks for a key frame of one stream of a simulcast, by its rid; from the hub's loop
     */
    public ForwardHub(Consumer<String> keyFrameRequests) {
        this.keyFrameRequests = keyFrameRequests;
    }

    /**
     * The receiver was negotiated anew.
     *
     * @param next holds from the next packet on
     */
    public void follow(Terms next) {
        terms = next;
        streams.clear();
        Arrays.fill(detectors, null);
        targets.forEach(each -> each.version = -1);
    }

    /**
     * Adds a sender.
     *
     * @param media gets every packet from now on
     */
    public void add(OutboundMedia media) {
        remove(media);
        targets.add(new Target(media, keyFrameRequests));
    }

    /**
     * Removes a sender.
     *
     * @param media as added
     */
    public void remove(OutboundMedia media) {
        targets.removeIf(each -> each.media == media);
    }

    /**
     * Tells whether nobody is forwarded to.
     *
     * @return true without senders
     */
    public boolean isEmpty() {
        return targets.isEmpty();
    }

    /**
     * Forwards a packet to every sender that takes its stream.
     *
     * @param rid of its stream; null without simulcast
     * @param packet with its unwrapped numbers set
     */
    public void onPacket(@Nullable String rid, RtpPacket packet) {
        if (targets.isEmpty()) {
            return;
        }
        int type = packet.payloadType();
        CodecDescription codec = terms.codecs()[type];
        String layer = rid == null && terms.simulcast() ? "" : rid;
        ForwardSource source = null;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.version != target.media.version()) {
                follow(target);
            }
            if (codec == null
                    || target.types[type] == OutboundMedia.NONE
                    || (layer != null && !target.layers.takes(layer, packet, detector(type, codec)))) {
                continue;
            }
            if (source == null) {
                source = source(packet);
                source.keep(packet);
            }
            target.media.forward(packet, source, codec, target.types[type], packet.arrivalNanos());
        }
    }

    private KeyFrame detector(int type, CodecDescription codec) {
        KeyFrame known = detectors[type];
        if (known == null) {
            known = KeyFrame.of(codec);
            detectors[type] = known;
        }
        return known;
    }

    private ForwardSource source(RtpPacket packet) {
        ForwardSource known = streams.find(packet.ssrc(), packet.arrivalNanos());
        if (known != null) {
            return known;
        }
        ForwardSource made = new ForwardSource(terms.extensions(), terms.video() ? new PacketHistory() : null);
        streams.add(packet.ssrc(), made, packet.arrivalNanos());
        return made;
    }

    private void follow(Target target) {
        target.version = target.media.version();
        Arrays.fill(target.types, OutboundMedia.NONE);
        for (int type = 0; type < PAYLOAD_TYPES; type++) {
            CodecDescription codec = terms.codecs()[type];
            if (codec != null) {
                target.types[type] = target.media.payloadType(codec);
            }
        }
    }
}
