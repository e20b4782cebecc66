package org.webrtc4j.rtp;

/** The counters of one sent stream. */
final class SendCounters {

    long packets;
    long payloadBytes;
    long headerBytes;
    long resentPackets;
    long resentBytes;
    long paddingPackets;
    long lastPacketNanos;
    long lastTimestampNanos;
    long nacks;
    long nackPackets;
    long pictureLosses;
    long fullIntraRequests;
    long reports;

    private long remoteReports;
    private long remoteReportNanos;
    private long remoteLost;
    private double remoteFractionLost;
    private double remoteJitterSeconds;
    private long remoteHighest;
    final RoundTrip roundTrip = new RoundTrip();

    void onReport(RemoteReport report, int clockRate) {
        remoteReports++;
        remoteReportNanos = report.nowNanos;
        remoteLost = report.cumulativeLost;
        remoteFractionLost = report.fractionLost / 256.0;
        remoteJitterSeconds = clockRate == 0 ? 0 : report.jitter / (double) clockRate;
        remoteHighest = report.highest;
        if (report.lastSenderReport != 0) {
            roundTrip.onAnswer(report.nowNtp, report.lastSenderReport, report.delay);
        }
    }

    OutboundStats snapshot() {
        return new OutboundStats(
                packets,
                payloadBytes,
                headerBytes,
                resentPackets,
                resentBytes,
                paddingPackets,
                lastPacketNanos,
                nacks,
                nackPackets,
                pictureLosses,
                fullIntraRequests,
                reports,
                remoteReports,
                remoteReportNanos,
                remoteLost,
                remoteFractionLost,
                remoteJitterSeconds,
                remoteHighest,
                roundTrip.latestNanos(),
                roundTrip.totalNanos(),
                roundTrip.measurements());
    }
}
