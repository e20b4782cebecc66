package org.webrtc4j.rtp.congestion;

/** What the path carries without queues that grow. */
final class DelayBasedEstimate {

    private final ArrivalGroups groups = new ArrivalGroups();
    private final Trendline trendline = new Trendline();
    private final RateControl control;
    private boolean recovered;
    private boolean lowered;

    DelayBasedEstimate(long startRate) {
        control = new RateControl(startRate);
    }

    RateControl control() {
        return control;
    }

    PathUsage usage() {
        return trendline.usage();
    }

    /** Whether the path has just come back from overuse. */
    boolean takeRecovered() {
        boolean was = recovered;
        recovered = false;
        return was;
    }

    /** Whether the rate was just lowered. */
    boolean takeLowered() {
        boolean was = lowered;
        lowered = false;
        return was;
    }

    /**
     * Takes what arrived, in the order of leaving.
     *
     * @param recent the rate at which the last packets arrived, or {@link Throughput#UNKNOWN}
     * @param draining whether the queue that grew is being emptied: it was answered already
     * @param probed the rate that a probe found, or {@link Throughput#UNKNOWN}
     */
    void onReport(
            PacketReport report,
            long throughput,
            long recent,
            boolean draining,
            long probed,
            boolean applicationLimited,
            long nowNanos) {
        PathUsage before = trendline.usage();
        boolean overused = false;
        for (int i = 0; i < report.size(); i++) {
            if (report.isReceived(i) && groups.add(report.sentNanos(i), report.receivedNanos(i))) {
                trendline.add(groups.arrivalDelta, groups.sendDelta, report.receivedNanos(i));
                overused |= trendline.usage() == PathUsage.OVERUSED;
            }
        }
        PathUsage usage = overused ? PathUsage.OVERUSED : trendline.usage();
        switch (usage) {
            case OVERUSED -> {
                if (!draining && control.mayDecrease(throughput, nowNanos)) {
                    boolean slower = recent != Throughput.UNKNOWN && recent < throughput;
                    control.onOveruse(slower ? recent : throughput, nowNanos);
                    lowered = true;
                }
            }
            case UNDERUSED -> control.onUnderuse(nowNanos);
            case NORMAL -> {
                if (probed > control.rate()) {
                    control.set(probed, nowNanos);
                } else {
                    control.onNormal(throughput, applicationLimited, nowNanos);
                }
                recovered |= before != PathUsage.NORMAL;
            }
        }
    }
}
