package org.webrtc4j.benchmarks.forward;

import org.webrtc4j.srtp.SrtpProfile;

/**
 * One point of the sweep.
 *
 * @param stage where packets come from and go to
 * @param senders how many streams come in, each on a connection of its own
 * @param receivers to how many connections each of them goes out
 * @param packetBytes of an RTP packet before protection
 * @param profile of every connection
 */
record ForwardScenario(ForwardStage stage, int senders, int receivers, int packetBytes, SrtpProfile profile) {

    private static final int AUDIO_BYTES = 200;
    private static final int WARM_UP_PACKETS = 400_000;
    private static final double MAX_WARM_UP_SECONDS = 60;

    /** Small packets are sound: nobody asks for them again. */
    boolean isVideo() {
        return packetBytes > AUDIO_BYTES;
    }

    /**
     * Tells whether the warm-up may end: it lasts as long as the measurement, and on a busy machine, where compilers wait for
     * their turn, until enough packets have gone out. A run of less than a second shows that the harness works, and no more:
     * one packet will do.
     */
    boolean isWarm(double elapsedSeconds, double seconds, long packetsOut) {
        return elapsedSeconds >= seconds
                && (packetsOut >= (seconds < 1 ? 1 : WARM_UP_PACKETS) || elapsedSeconds >= MAX_WARM_UP_SECONDS);
    }

    /** The kind of the tracks. */
    String kind() {
        return isVideo() ? "video" : "audio";
    }

    String mimeType() {
        return isVideo() ? "video/VP8" : "audio/opus";
    }
}
