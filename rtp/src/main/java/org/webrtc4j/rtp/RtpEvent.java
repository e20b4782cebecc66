package org.webrtc4j.rtp;

/** What a session tells its owner. */
public sealed interface RtpEvent {

    /**
     * A stream was heard for the first time.
     *
     * @param stream the stream, which belongs to its section from now on
     */
    record StreamAdded(ReceiveStream stream) implements RtpEvent {}

    /**
     * A stream said goodbye (RFC 3550 section 6.6). It stays in its section, and may be heard again.
     *
     * @param stream the stream
     */
    record StreamEnded(ReceiveStream stream) implements RtpEvent {}

    /**
     * A receiver needs a key frame (RFC 4585 section 6.3.1, RFC 5104 section 4.3.1). At most one in
     * {@link RtpSessionOptions#keyFrameIntervalNanos()} for each stream.
     *
     * @param stream the stream sent
     */
    record KeyFrameRequested(SendStream stream) implements RtpEvent {}

    /**
     * Another share of a stream's packets is lost on the way, by the receiver's reports (RFC 3550 section 6.4.1): it rises at once and
     * falls to no less than half with each report, so that one good report does not end the protection of what follows.
     *
     * @param stream the stream sent
     * @param percent 0 to 100
     */
    record LossReported(SendStream stream, int percent) implements RtpEvent {}

    /**
     * The receiver estimates the bit rate (draft-alvestrand-rmcat-remb-03).
     *
     * @param bitsPerSecond for all streams together
     */
    record BitrateEstimated(long bitsPerSecond) implements RtpEvent {}

    /**
     * Another bit rate is what media of all streams together may be sent with, by more than one in a hundred: see
     * {@link RtpSession#setCongestionControl}.
     *
     * @param bitsPerSecond of whole RTP packets
     */
    record TargetBitrateChanged(long bitsPerSecond) implements RtpEvent {}
}
