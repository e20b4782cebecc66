package org.webrtc4j.rtp;

/**
 * Who was heard in what was received: a contributing or a synchronisation source.
 *
 * @param ssrc of the source, 0 to 4294967295
 * @param rtpTimestamp of its latest packet, 0 to 4294967295
 * @param heardNanos when that was received
 * @param audioLevel 0 (loudest) to 127 (silence) in -dBov, or -1 when not said
 * @param voice whether the packet was said to have voice
 */
public record RtpSource(long ssrc, long rtpTimestamp, long heardNanos, int audioLevel, boolean voice) {}
