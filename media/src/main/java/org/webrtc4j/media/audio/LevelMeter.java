package org.webrtc4j.media.audio;

/**
 * The level of sound: as RFC 6464 sends it, and as getStats sums it up ({@code audioLevel}, {@code totalAudioEnergy}, {@code
 * totalSamplesDuration}). Not thread-safe.
 */
public final class LevelMeter {

    /** Silence, in dB below the full scale (RFC 6464 section 3). */
    public static final int SILENCE = 127;

    private double level;
    private double totalEnergy;
    private double totalSeconds;

    /** Creates a meter. */
    public LevelMeter() {}

    /**
     * Takes a piece of sound in.
     *
     * @param samples interleaved
     * @param offset the first
     * @param count how many of all channels
     * @param samplesPerSecond of all channels together
     */
    public void add(short[] samples, int offset, int count, int samplesPerSecond) {
        if (count <= 0) {
            return;
        }
        double sum = 0;
        int peak = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += (double) samples[i] * samples[i];
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        double seconds = (double) count / samplesPerSecond;
        level = Math.sqrt(sum / count) / 32_768;
        double loudest = Math.min(1.0, peak / 32_767.0);
        totalEnergy += loudest * loudest * seconds;
        totalSeconds += seconds;
    }

    /**
     * Returns the level of the latest piece, as a header extension has it.
     *
     * @return dB below the full scale, 0 loudest to {@link #SILENCE}
     */
    public int dbov() {
        return level <= 0 ? SILENCE : (int) Math.max(0, Math.min(SILENCE, Math.round(-20 * Math.log10(level))));
    }

    /**
     * Returns the level of the latest piece.
     *
     * @return the mean (RMS), 0 to 1
     */
    public double level() {
        return level;
    }

    /**
     * Returns the energy of all pieces.
     *
     * @return the sum of squared level times seconds, by the loudest sample of each piece
     */
    public double totalEnergy() {
        return totalEnergy;
    }

    /**
     * Returns how long all pieces were.
     *
     * @return seconds
     */
    public double totalSeconds() {
        return totalSeconds;
    }
}
