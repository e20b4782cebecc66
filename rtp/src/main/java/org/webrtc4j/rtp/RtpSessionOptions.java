package org.webrtc4j.rtp;

import java.nio.charset.StandardCharsets;

/**
 * How a session behaves. Times are nanoseconds.
 *
 * @param cname the canonical name of this end point, the same for all its streams (RFC 8834 section 4.9), at most 255 bytes
 * @param reducedSize whether feedback may leave without a report before it ({@code a=rtcp-rsize}, RFC 5506)
 * @param referenceTimes whether extended reports measure the round trip where nothing is sent (RFC 3611 section 4.4)
 * @param maxReceiveStreams SSRCs received, of RTX too; packets of more are dropped and counted
 * @param maxRtcpPackets RTCP packets read of one datagram; more are dropped and counted
 * @param maxRtcpSize largest RTCP datagram sent, in bytes
 * @param keyFrameIntervalNanos least time between two key frame requests for a stream, both those sent and those told
 * @param videoReportNanos mean time between reports where there is video
 * @param audioReportNanos mean time between reports where there is none
 * @param retransmissionShare how much may be sent again, as a share of the bytes sent
 * @param retransmissionBurst bytes that may be sent again at once, saved up by the share
 */
public record RtpSessionOptions(
        String cname,
        boolean reducedSize,
        boolean referenceTimes,
        int maxReceiveStreams,
        int maxRtcpPackets,
        int maxRtcpSize,
        long keyFrameIntervalNanos,
        long videoReportNanos,
        long audioReportNanos,
        double retransmissionShare,
        int retransmissionBurst) {

    private static final int SMALLEST_RTCP = 512;
    private static final int MAX_TEXT = 255;

    /**
     * Checks the values.
     *
     * @param cname the canonical name of this end point
     * @param reducedSize whether feedback may leave without a report before it
     * @param referenceTimes whether extended reports measure the round trip where nothing is sent
     * @param maxReceiveStreams SSRCs received
     * @param maxRtcpPackets RTCP packets read of one datagram
     * @param maxRtcpSize largest RTCP datagram sent, in bytes
     * @param keyFrameIntervalNanos least time between two key frame requests for a stream
     * @param videoReportNanos mean time between reports where there is video
     * @param audioReportNanos mean time between reports where there is none
     * @param retransmissionShare how much may be sent again
     * @param retransmissionBurst bytes that may be sent again at once
     * @throws IllegalArgumentException when one is out of its range
     */
    public RtpSessionOptions {
        check(cname.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT, "cname");
        check(maxReceiveStreams > 0, "maxReceiveStreams");
        check(maxRtcpPackets > 0, "maxRtcpPackets");
        check(maxRtcpSize >= SMALLEST_RTCP && maxRtcpSize <= RtpPacket.MAX_SIZE, "maxRtcpSize");
        check(keyFrameIntervalNanos >= 0, "keyFrameIntervalNanos");
        check(videoReportNanos > 0, "videoReportNanos");
        check(audioReportNanos > 0, "audioReportNanos");
        check(retransmissionShare >= 0, "retransmissionShare");
        check(retransmissionBurst >= RtpPacket.MAX_SIZE, "retransmissionBurst");
    }

    private static void check(boolean valid, String name) {
        if (!valid) {
            throw new IllegalArgumentException(name + " out of range");
        }
    }

    /**
     * Returns the defaults.
     *
     * @param cname the canonical name of this end point
     * @return reduced size, reference times, 1024 streams, and the times of RFC 8834
     */
    public static RtpSessionOptions defaults(String cname) {
        return new RtpSessionOptions(
                cname, true, true, 1024, 64, 1200, 200_000_000L, 1_000_000_000L, 5_000_000_000L, 0.15, 65_536);
    }

    /**
     * Returns a copy with or without reduced size.
     *
     * @param allowed whether {@code a=rtcp-rsize} is negotiated
     * @return the copy
     */
    public RtpSessionOptions withReducedSize(boolean allowed) {
        return new RtpSessionOptions(
                cname,
                allowed,
                referenceTimes,
                maxReceiveStreams,
                maxRtcpPackets,
                maxRtcpSize,
                keyFrameIntervalNanos,
                videoReportNanos,
                audioReportNanos,
                retransmissionShare,
                retransmissionBurst);
    }

    /**
     * Returns a copy with or without extended reports.
     *
     * @param sent whether reference times are sent
     * @return the copy
     */
    public RtpSessionOptions withReferenceTimes(boolean sent) {
        return new RtpSessionOptions(
                cname,
                reducedSize,
                sent,
                maxReceiveStreams,
                maxRtcpPackets,
                maxRtcpSize,
                keyFrameIntervalNanos,
                videoReportNanos,
                audioReportNanos,
                retransmissionShare,
                retransmissionBurst);
    }

    /**
     * Returns a copy with another limit of streams.
     *
     * @param limit SSRCs received
     * @return the copy
     */
    public RtpSessionOptions withMaxReceiveStreams(int limit) {
        return new RtpSessionOptions(
                cname,
                reducedSize,
                referenceTimes,
                limit,
                maxRtcpPackets,
                maxRtcpSize,
                keyFrameIntervalNanos,
                videoReportNanos,
                audioReportNanos,
                retransmissionShare,
                retransmissionBurst);
    }

    /**
     * Returns a copy with another bound of retransmissions.
     *
     * @param share of the bytes sent
     * @param burst bytes at once
     * @return the copy
     */
    public RtpSessionOptions withRetransmissions(double share, int burst) {
        return new RtpSessionOptions(
                cname,
                reducedSize,
                referenceTimes,
                maxReceiveStreams,
                maxRtcpPackets,
                maxRtcpSize,
                keyFrameIntervalNanos,
                videoReportNanos,
                audioReportNanos,
                share,
                burst);
    }
}
