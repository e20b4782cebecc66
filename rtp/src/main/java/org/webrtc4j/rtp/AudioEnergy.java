package org.webrtc4j.rtp;

/** The energy of a stream's sound, by the level that each packet tells (RFC 6464): W3C's totalAudioEnergy. */
final class AudioEnergy {

    /** No packet has more sound (RFC 6716 section 2.1.4); a longer step is a pause. */
    private static final double MAX_SECONDS = 0.12;

    private static final int SILENCE = 127;
    private static final double[] POWER = power();

    private double energy;
    private double seconds;
    private long lastTimestamp;
    private boolean known;

    /** Of each level the square of its amplitude, which is 1 at 0 dBov. */
    private static double[] power() {
        double[] power = new double[SILENCE + 1];
        for (int level = 0; level < SILENCE; level++) {
            power[level] = Math.pow(10, -level / 10.0);
        }
        return power;
    }

    /** Takes a packet: it lasts as long as its timestamp is ahead of the one before. */
    void onPacket(int level, long timestamp, int clockRate) {
        double step = known ? (timestamp - lastTimestamp) / (double) clockRate : 0;
        if (known && step <= 0) {
            return;
        }
        known = true;
        lastTimestamp = timestamp;
        if (step <= MAX_SECONDS) {
            seconds += step;
            energy += step * POWER[level & SILENCE];
        }
    }

    double energy() {
        return energy;
    }

    double seconds() {
        return seconds;
    }
}
