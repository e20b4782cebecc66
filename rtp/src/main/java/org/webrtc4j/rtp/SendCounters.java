package org.webrtc4j.rtp;

/** The counters of one sent stream. */
final class SendCounters {

    long packets;
    long payloadBytes;
    long headerBytes;
    long resentPackets;
    long resentBytes;
    long resentHeaderBytes;

    /** Of those sent again the ones of this very SSRC, which its reports count. */
    long repeatedPackets;

    long repeatedBytes;
    long paddingPackets;
    long fecPackets;
    long fecBytes;
    long waitedNanos;
    long lastPacketNanos;
    long lastTimestampNanos;
    long nacks;
    long nackPackets;
    long pictureLosses;
    long fullIntraRequests;
    long reports;

    private long remoteReports;
    private long remoteReportNanos;
    private long remoteReceived;
    private long remoteLost;
    private double remoteFractionLost;
    private double remoteJitterSeconds;
    private long remoteHighest;
    final RoundTrip roundTrip = new RoundTrip();
    final ExpectedLoss loss = new ExpectedLoss();

    /** Takes a report of a stream that began with a number. */
    void onReport(RemoteReport report, int clockRate, int first) {
        remoteReports++;
        remoteReportNanos = report.nowNanos;
        remoteLost = report.cumulativeLost;
        // RFC 3550 appendix A.3 the other way round: what was expected, less what was lost.
        remoteReceived = Math.max(0, report.highest - first + 1 - report.cumulativeLost);
        remoteFractionLost = report.fractionLost / 256.0;
        loss.onReport(remoteFractionLost);
        remoteJitterSeconds = clockRate == 0 ? 0 : report.jitter / (double) clockRate;
        remoteHighest = report.highest;
        if (report.lastSenderReport != 0) {
            roundTrip.onAnswer(report.nowNtp, report.lastSenderReport, report.delay);
        }
    }

    OutboundStats snapshot(int payloadType) {
        return new OutboundStats(
                packets,
                payloadBytes,
                headerBytes,
                resentPackets,
                resentBytes,
                resentHeaderBytes,
                paddingPackets,
                lastPacketNanos,
                nacks,
                nackPackets,
                pictureLosses,
                fullIntraRequests,
                reports,
                remoteReports,
                remoteReportNanos,
                remoteReceived,
                remoteLost,
                remoteFractionLost,
                remoteJitterSeconds,
                remoteHighest,
                roundTrip.latestNanos(),
                roundTrip.totalNanos(),
                roundTrip.measurements(),
                payloadType,
                fecPackets,
                fecBytes,
                waitedNanos);
    }
}
