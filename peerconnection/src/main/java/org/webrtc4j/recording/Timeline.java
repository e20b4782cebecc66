package org.webrtc4j.recording;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Brings the tracks of a recording to one time line. A frame's place within its track follows from its timestamp; the tracks
 * of one sender are laid side by side by its sender reports (RFC 3550 section 6.4.1), and, before there are any, and between
 * senders, by arrival. Confined to the thread that writes, but for {@link #add}.
 */
final class Timeline {

    /** Timestamps that run away from arrival by more have been set anew. */
    static final long MAX_DRIFT_MICROS = 10_000_000;

    /** A correction is taken in such steps, one with each frame, so that nothing jumps. */
    static final long SLEW_MICROS = 2_000;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_SECOND = 1e6;

    /** What the wall clock of one sender is on this time line. */
    private static final class SenderClock {
        private boolean known;
        private long offsetMicros;
    }

    private static final class Track {
        private final SenderClock clock;
        private boolean begun;
        private boolean aligned;
        private long stream;
        private long anchorTimestamp;
        private long anchorMicros;

        Track(SenderClock clock) {
            this.clock = clock;
        }
    }

    private final Map<Object, SenderClock> clocks = new HashMap<>();
    private final List<Track> tracks = new CopyOnWriteArrayList<>();

    /** Adds the next track, of a sender: tracks of equal senders have one clock. */
    void add(Object sender) {
        tracks.add(new Track(clocks.computeIfAbsent(sender, each -> new SenderClock())));
    }

    /** When a frame is played, in microseconds from any beginning that all tracks share. */
    long timeMicros(Arrival arrival) {
        Track track = tracks.get(arrival.track());
        long arrivalMicros = arrival.arrivalNanos() / NANOS_PER_MICRO;
        long time = track.begun && track.stream == arrival.stream() ? byTimestamp(track, arrival) : Long.MIN_VALUE;
        if (time == Long.MIN_VALUE || Math.abs(time - arrivalMicros) > MAX_DRIFT_MICROS) {
            track.begun = true;
            track.aligned = false;
            track.stream = arrival.stream();
            track.anchorTimestamp = arrival.frame().timestamp();
            track.anchorMicros = arrivalMicros;
            time = arrivalMicros;
        }
        return arrival.captureMicros() < 0 ? time : aligned(track, arrival.captureMicros(), time);
    }

    private static long byTimestamp(Track track, Arrival arrival) {
        long ticks = arrival.frame().timestamp() - track.anchorTimestamp;
        return track.anchorMicros
                + Math.round(ticks * MICROS_PER_SECOND / arrival.frame().codec().clockRate());
    }

    private static long aligned(Track track, long captureMicros, long time) {
        SenderClock clock = track.clock;
        if (!clock.known) {
            clock.known = true;
            clock.offsetMicros = time - captureMicros;
        }
        long error = captureMicros + clock.offsetMicros - time;
        if (Math.abs(error) > MAX_DRIFT_MICROS) {
            // Not a clock to go by.
            return time;
        }
        long step = track.aligned ? Math.max(-SLEW_MICROS, Math.min(SLEW_MICROS, error)) : error;
        track.aligned = true;
        track.anchorMicros += step;
        return time + step;
    }
}
