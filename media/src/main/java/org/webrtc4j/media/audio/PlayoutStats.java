package org.webrtc4j.media.audio;

/**
 * What a {@link JitterBuffer} has counted, under the names of getStats; samples are of one channel at the decoder's rate.
 *
 * @param samplesPlayed all given out: {@code totalSamplesReceived}
 * @param concealedSamples of them, made up: {@code concealedSamples}
 * @param silentConcealedSamples of these, silence: {@code silentConcealedSamples}
 * @param concealmentEvents how often concealment began
 * @param recoveredSamples made from the in-band FEC of a later packet
 * @param removedSamples left out to catch up: {@code removedSamplesForAcceleration}
 * @param framesLate packets that came after their time
 * @param framesDiscarded packets thrown away because too many waited
 * @param framesRefused packets that the decoder refused
 * @param delaySeconds how long packets waited, summed up: {@code jitterBufferDelay} for each packet
 * @param framesEmitted packets that were decoded
 * @param targetDelayNanos how long sound is kept back now
 */
public record PlayoutStats(
        long samplesPlayed,
        long concealedSamples,
        long silentConcealedSamples,
        long concealmentEvents,
        long recoveredSamples,
        long removedSamples,
        long framesLate,
        long framesDiscarded,
        long framesRefused,
        double delaySeconds,
        long framesEmitted,
        long targetDelayNanos) {}
