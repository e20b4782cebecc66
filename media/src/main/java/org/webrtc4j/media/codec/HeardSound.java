package org.webrtc4j.media.codec;

/** The last 10 ms that were heard, which stand in place of what is lost; for decoders that cannot do better. */
final class HeardSound {

    private static final int MAX_MILLISECONDS = 200;
    private static final int FADE_TURNS = 6;

    private final int sampleRate;
    private final int channels;
    private final short[] heard;
    private int heardCount;
    private int concealed;

    HeardSound(int sampleRate, int channels) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        heard = new short[sampleRate / 100 * channels];
    }

    /** The most that one packet may hold: 200 ms. */
    static int maxSamples(int sampleRate) {
        return sampleRate * MAX_MILLISECONDS / 1_000;
    }

    /** What every decoder asks of its caller. */
    void check(short[] out) {
        int needed = maxSamples(sampleRate) * channels;
        if (out.length < needed) {
            throw new IllegalArgumentException(out.length + " samples, at least " + needed);
        }
    }

    void remember(short[] out, int count) {
        concealed = 0;
        int kept = Math.min(count, heard.length);
        System.arraycopy(heard, kept, heard, 0, heard.length - kept);
        System.arraycopy(out, count - kept, heard, heard.length - kept, kept);
        heardCount = Math.min(heard.length, heardCount + kept);
    }

    /** The last 10 ms again and again, quieter each time: silent after 60 ms. */
    int repeat(int samples, short[] out) {
        check(out);
        int count = Math.min(samples, maxSamples(sampleRate)) * channels;
        for (int i = 0; i < count; i++) {
            int gain = Math.max(0, FADE_TURNS - concealed / heard.length);
            out[i] = heardCount < heard.length ? 0 : (short) (heard[concealed % heard.length] * gain / FADE_TURNS);
            concealed = gain == 0 ? concealed : concealed + 1;
        }
        return count / channels;
    }

    void forget() {
        heardCount = 0;
        concealed = 0;
    }
}
