package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.playout.PlayoutSync;
import org.webrtc4j.rtp.ReceiveStream;

/**
 * Keeps the tracks of one connection that are in a MediaStream together in step while they are played (webrtc-pc section
 * 5.3: tracks of one stream are to be synchronized). Confined to the loop.
 */
public final class SyncGroups {

    private static final long INTERVAL_NANOS = 250_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** Plays one track. */
    public interface Player {

        /**
         * Names the MediaStreams that the track is in.
         *
         * @return their ids
         */
        Set<String> groups();

        /**
         * Returns what is played of it.
         *
         * @return a stream each
         */
        List<? extends PlayoutSync.Member> members();
    }

    private final LoopTimer timer;
    private final EventLoop loop;
    private final List<Player> players = new ArrayList<>();

    /**
     * Creates it without players.
     *
     * @param loop of the connection
     */
    public SyncGroups(EventLoop loop) {
        this.loop = loop;
        timer = loop.newTimer(this::tick);
    }

    /**
     * Adds who plays.
     *
     * @param player to be kept in step with the others
     */
    public void add(Player player) {
        players.add(player);
        arm();
    }

    /**
     * Removes who plays no more.
     *
     * @param player as added
     */
    public void remove(Player player) {
        players.remove(player);
        arm();
    }

    /**
     * Computes {@link PlayoutSync.Member#lagNanos}.
     *
     * @param stream whose sender reports tell
     * @param timestamp of it, unwrapped
     * @param earliestNanos when that would be played if nothing were kept back, 0 when it is not known
     * @return nanoseconds, or {@link PlayoutSync#UNKNOWN}
     */
    public static long lagNanos(ReceiveStream stream, long timestamp, long earliestNanos) {
        long captureMicros = stream.captureTimeMicros(timestamp);
        return captureMicros < 0 || earliestNanos == 0
                ? PlayoutSync.UNKNOWN
                : earliestNanos - captureMicros * NANOS_PER_MICRO;
    }

    private void tick() {
        Set<String> names = new HashSet<>();
        players.forEach(each -> names.addAll(each.groups()));
        for (String name : names) {
            List<PlayoutSync.Member> together = new ArrayList<>();
            for (Player each : players) {
                if (each.groups().contains(name)) {
                    together.addAll(each.members());
                }
            }
            PlayoutSync.align(together);
        }
        arm();
    }

    private void arm() {
        if (players.size() < 2) {
            timer.cancel();
        } else {
            timer.arm(loop.clock().nanoTime() + INTERVAL_NANOS);
        }
    }
}
