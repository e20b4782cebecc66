package org.webrtc4j;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.driver.DriverStats;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.flight.ConnectionStateEvent;
import org.webrtc4j.flight.DropsEvent;
import org.webrtc4j.flight.HandshakeEvent;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;

/** Takes the times of a connection's phases, and tells log, listener and flight recorder. */
final class ConnectionProgress {

    private static final Logger LOG = LoggerFactory.getLogger(RTCPeerConnection.class);

    private static final double NANOS_PER_MILLI = 1e6;

    private final String name;
    private final TimeSource clock;
    private final RuntimeListener listener;
    private final Level closeLogLevel;
    private final long createdNanos;

    // On the loop.
    private long iceNanos = -1;
    private long dtlsNanos = -1;
    private long sctpNanos = -1;
    private String pair = "none";

    ConnectionProgress(String name, TimeSource clock, RuntimeListener listener, Level closeLogLevel) {
        this.name = name;
        this.clock = clock;
        this.listener = listener;
        this.closeLogLevel = closeLogLevel;
        this.createdNanos = clock.nanoTime();
    }

    void onIceState(IceState state) {
        if (iceNanos < 0 && (state == IceState.CONNECTED || state == IceState.COMPLETED)) {
            iceNanos = sinceCreation();
        }
    }

    void onSelectedPair(@Nullable SelectedPair selected) {
        if (selected != null) {
            pair = selected.local() + " - " + selected.remote();
            LOG.debug(
                    "{} uses {}:{} and {}:{}",
                    name,
                    selected.local().address(),
                    selected.local().port(),
                    selected.remote().address(),
                    selected.remote().port());
        }
    }

    void onDtlsEvent(DtlsEvent event) {
        if (event instanceof DtlsEvent.Connected && dtlsNanos < 0) {
            dtlsNanos = sinceCreation();
        } else if (event instanceof DtlsEvent.Failed failed) {
            HandshakeEvent.record(name, failed.failure().message(), Math.max(0, iceNanos), 0, 0);
        }
    }

    void onSctpConnected() {
        if (sctpNanos < 0) {
            sctpNanos = sinceCreation();
            ConnectTimes times = times();
            HandshakeEvent.record(name, "connected", times.iceNanos(), times.dtlsNanos(), times.sctpNanos());
            listener.onConnected(name, times);
        }
    }

    void onState(RTCPeerConnectionState state) {
        ConnectionStateEvent.record(name, state.wireName());
        listener.onConnectionState(name, state);
    }

    void onFailed(String why) {
        listener.onFailed(name, why);
    }

    void onClosed(CloseCause cause, DriverStats stats, QueuePeaks peaks) {
        Map<String, Long> drops = drops(stats);
        drops.forEach((reason, count) -> DropsEvent.record(name, reason, count));
        onState(RTCPeerConnectionState.CLOSED);
        ConnectionLog.named(name, () -> logClosed(cause));
        listener.onQueuePeaks(name, peaks);
        listener.onClosed(name, cause, drops);
    }

    private void logClosed(CloseCause cause) {
        if (!LOG.isEnabledForLevel(closeLogLevel)) {
            return;
        }
        LOG.makeLoggingEventBuilder(closeLogLevel)
                .log(
                        "Connection {} closed: {} Pair {}. ICE {} ms, DTLS {} ms, SCTP {} ms, open {} ms.",
                        name,
                        cause.message(),
                        pair,
                        millis(iceNanos, 0),
                        millis(dtlsNanos, iceNanos),
                        millis(sctpNanos, dtlsNanos),
                        sctpNanos < 0 ? "-" : millis(sinceCreation(), sctpNanos));
    }

    private ConnectTimes times() {
        return new ConnectTimes(iceNanos, dtlsNanos - iceNanos, sctpNanos - dtlsNanos);
    }

    private static Map<String, Long> drops(DriverStats stats) {
        Map<String, Long> drops = new TreeMap<>();
        stats.drops().forEach((reason, count) -> drops.put("driver/" + reason, count));
        stats.ice().ifPresent(ice -> ice.drops().forEach((reason, count) -> drops.put("ice/" + reason, count)));
        stats.dtls().ifPresent(dtls -> dtls.drops().forEach((reason, count) -> drops.put("dtls/" + reason, count)));
        stats.sctp().ifPresent(sctp -> sctp.drops().forEach((reason, count) -> drops.put("sctp/" + reason, count)));
        stats.media().ifPresent(media -> {
            media.srtpDrops().forEach((reason, count) -> drops.put("srtp/" + reason, count));
            media.rtpDrops().forEach((reason, count) -> drops.put("rtp/" + reason, count));
            media.frameDrops().forEach((reason, count) -> drops.put("frames/" + reason, count));
        });
        return drops;
    }

    private long sinceCreation() {
        return clock.nanoTime() - createdNanos;
    }

    private static String millis(long until, long from) {
        return until < 0 ? "-" : Long.toString(Math.round((until - Math.max(0, from)) / NANOS_PER_MILLI));
    }
}
