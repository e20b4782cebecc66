package org.webrtc4j.media.playout;

/**
 * What a {@link JitterBuffer} has counted, under the names of getStats; samples are of one channel at the decoder's rate.
 *
 * @param samplesPlayed all given out: {@code totalSamplesReceived}
 * @param concealedSamples of them, made up: {@code concealedSamples}
 * @param silentConcealedSamples of these, silence: {@code silentConcealedSamples}
 * @param concealmentEvents how often concealment began
 * @param recoveredSamples made from the in-band FEC of a later packet
 * @param removedSamples left out to catch up, by playing faster or whole packets: {@code removedSamplesForAcceleration}
 * @param insertedSamples played twice to slow down: {@code insertedSamplesForDeceleration}
 * @param framesLate packets that came after their time
 * @param framesDiscarded packets thrown away because too many waited
 * @param framesRefused packets that the decoder refused
 * @param delaySeconds how long each sample that was decoded had waited, summed up: {@code jitterBufferDelay}
 * @param targetDelaySeconds how long each of them was to wait, summed up: {@code jitterBufferTargetDelay}
 * @param minimumDelaySeconds how long its jitter alone asked for: {@code jitterBufferMinimumDelay}
 * @param samplesEmitted samples that were decoded: {@code jitterBufferEmittedCount}
 * @param framesEmitted packets that were decoded
 * @param targetDelayNanos how long sound is kept back now
 * @param jitterDelayNanos how long its jitter alone asks for now
 */
public record PlayoutStats(
        long samplesPlayed,
        long concealedSamples,
        long silentConcealedSamples,
        long concealmentEvents,
        long recoveredSamples,
        long removedSamples,
        long insertedSamples,
        long framesLate,
        long framesDiscarded,
        long framesRefused,
        double delaySeconds,
        double targetDelaySeconds,
        double minimumDelaySeconds,
        long samplesEmitted,
        long framesEmitted,
        long targetDelayNanos,
        long jitterDelayNanos) {

    /** Nothing counted. */
    public static final PlayoutStats NONE = new PlayoutStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Adds what another buffer of the same stream has counted.
     *
     * @param later of the buffer that took over: its delay is that of now
     * @return the sums
     */
    public PlayoutStats plus(PlayoutStats later) {
        return new PlayoutStats(
                samplesPlayed + later.samplesPlayed,
                concealedSamples + later.concealedSamples,
                silentConcealedSamples + later.silentConcealedSamples,
                concealmentEvents + later.concealmentEvents,
                recoveredSamples + later.recoveredSamples,
                removedSamples + later.removedSamples,
                insertedSamples + later.insertedSamples,
                framesLate + later.framesLate,
                framesDiscarded + later.framesDiscarded,
                framesRefused + later.framesRefused,
                delaySeconds + later.delaySeconds,
                targetDelaySeconds + later.targetDelaySeconds,
                minimumDelaySeconds + later.minimumDelaySeconds,
                samplesEmitted + later.samplesEmitted,
                framesEmitted + later.framesEmitted,
                later.targetDelayNanos,
                later.jitterDelayNanos);
    }
}
