package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sender and a receiver that share one media section of the descriptions.
 *
 * <p>Every method may be called from any thread and answers at once.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtptransceiver-interface">the specification</a>
 */
public final class RTCRtpTransceiver {

    private final TransceiverSet set;
    private final TransceiverSlots slots;
    private final RTCRtpSender sender;
    private final RTCRtpReceiver receiver;

    RTCRtpTransceiver(TransceiverSet set, TransceiverSlots slots, SenderSlots sending, Connection connection) {
        this.set = set;
        this.slots = slots;
        this.sender = new RTCRtpSender(connection, set, slots, sending, new SenderMedia(connection));
        this.receiver = new RTCRtpReceiver(set, slots, new ReceiverMedia(connection, slots.kind));
    }

    /**
     * Returns the identification of the media section.
     *
     * @return the mid, or null before it was negotiated, after a rollback, and once a stopped transceiver has given it up
     */
    public @Nullable String mid() {
        return set.read(() -> slots.mid);
    }

    /**
     * Returns the sender.
     *
     * @return the same object on each call
     */
    public RTCRtpSender sender() {
        return sender;
    }

    /**
     * Returns the receiver.
     *
     * @return the same object on each call
     */
    public RTCRtpReceiver receiver() {
        return receiver;
    }

    /**
     * Returns the direction that is wanted, and offered in the next description.
     *
     * @return the direction; stopped as soon as {@link #stop()} was called
     */
    public RTCRtpTransceiverDirection direction() {
        return set.read(() -> slots.isEnding() ? RTCRtpTransceiverDirection.STOPPED : slots.direction);
    }

    /**
     * Changes the direction that is wanted; takes effect with the next negotiation.
     *
     * @param value sendrecv, sendonly, recvonly or inactive
     * @throws DOMException InvalidStateError when it was stopped or the connection is closed, TypeError for stopped
     */
    public void direction(RTCRtpTransceiverDirection value) {
        set.direction(slots, value);
    }

    /**
     * Returns the direction that was negotiated last.
     *
     * @return the direction, null before the first negotiation, stopped after the last
     */
    public @Nullable RTCRtpTransceiverDirection currentDirection() {
        return set.read(() -> slots.stopped ? RTCRtpTransceiverDirection.STOPPED : slots.currentDirection);
    }

    /**
     * Ends sending and receiving for good: at once on this side, on the other with the next negotiation, which may then use
     * the media section for something else.
     *
     * @throws DOMException InvalidStateError when the connection is closed
     */
    public void stop() {
        set.stop(this);
    }

    /**
     * Chooses which codecs are negotiated, and in which order. Takes effect with the next negotiation.
     *
     * @param codecs from {@link RTCRtpReceiver#getCapabilities} or {@link RTCRtpSender#getCapabilities}, and what is in
     *     {@code org.webrtc4j.media.capability.CodecCapabilities.optional()} (H265, L16, CN), which is negotiated only by
     *     this list; empty for the default
     * @throws DOMException InvalidModificationError for a codec that is not among them, or when none of them carries media
     */
    public void setCodecPreferences(List<RTCRtpCodec> codecs) {
        set.codecPreferences(slots, codecs);
    }

    /**
     * Returns the header extensions that the next description offers.
     *
     * @return all that are known for the kind; stopped are those that are not offered
     * @see <a href="https://www.w3.org/TR/webrtc-extensions/#rtp-header-extension-control">the specification</a>
     */
    public List<RTCRtpHeaderExtensionCapability> getHeaderExtensionsToNegotiate() {
        return set.read(() -> Capabilities.extensions(slots.extensions));
    }

    /**
     * Chooses which header extensions the next description offers, and in which directions.
     *
     * @param extensions those of {@link #getHeaderExtensionsToNegotiate()} in the same order, directions changed
     * @throws DOMException InvalidModificationError when one is missing, added or moved, or when the extension for the mid,
     *     which a bundle needs, is changed
     */
    public void setHeaderExtensionsToNegotiate(List<RTCRtpHeaderExtensionCapability> extensions) {
        set.headerExtensions(slots, extensions);
    }

    /**
     * Returns the header extensions that were negotiated.
     *
     * @return all that are known for the kind; stopped are those that are not in use
     */
    public List<RTCRtpHeaderExtensionCapability> getNegotiatedHeaderExtensions() {
        return set.read(() -> Capabilities.negotiated(slots.extensions, slots.agreement));
    }

    /** Returns kind, mid and directions. */
    @Override
    public String toString() {
        return "RTCRtpTransceiver[" + slots.kind + ", mid " + mid() + ", " + direction() + ", now " + currentDirection()
                + "]";
    }

    TransceiverSlots slots() {
        return slots;
    }
}
