package org.webrtc4j.samples.recipes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.webrtc4j.AudioSource;
import org.webrtc4j.PcmSink;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.media.audio.LevelMeter;

/** One caller's agent: it hears until the caller pauses, answers, and is silent at once when it is interrupted. */
public final class VoiceAgent implements PcmSink {

    /** Samples in a second, one channel, in and out. */
    public static final int RATE = 16_000;

    /** What the agent does, for whoever shows it. */
    public enum State {
        /** Nobody speaks. */
        WAITING,
        /** The caller speaks. */
        LISTENING,
        /** The caller has paused, and the answer is being made. */
        THINKING,
        /** The agent speaks. */
        SPEAKING
    }

    private static final int BLOCK_MILLIS = 20;
    private static final int QUIETEST_SPEECH_DB = 45;
    private static final int BEGIN_BLOCKS = 100 / BLOCK_MILLIS;
    private static final int PAUSE_BLOCKS = 700 / BLOCK_MILLIS;
    private static final int LONGEST_BLOCKS = 20_000 / BLOCK_MILLIS;

    private final AudioSource voice = AudioSource.pcm(RATE, 1, Duration.ofSeconds(30));
    private final LevelMeter meter = new LevelMeter();
    private final Function<short[], CompletableFuture<short[]>> brain;
    private final Consumer<State> listener;

    private final ArrayDeque<short[]> heard = new ArrayDeque<>();
    private int loudBlocks;
    private int quietBlocks;
    private State state = State.WAITING;
    /** Of the answer under way: one that comes after an interruption is not spoken. */
    private int turn;

    private VoiceAgent(Function<short[], CompletableFuture<short[]>> brain, Consumer<State> listener) {
        this.brain = brain;
        this.listener = listener;
    }

    /**
     * Gives a call its agent; to be called before the connection is negotiated.
     *
     * @param pc the caller's connection
     * @param brain what was said, into what is answered: speech to text, a model, text to speech
     * @param listener hears what the agent does, on the thread that made it do so
     * @return the agent
     */
    public static VoiceAgent answer(
            RTCPeerConnection pc, Function<short[], CompletableFuture<short[]>> brain, Consumer<State> listener) {
        VoiceAgent agent = new VoiceAgent(brain, listener);
        pc.addTrack(agent.voice.track());
        pc.onTrack(event -> {
            if (event.track().kind().equals("audio")) {
                event.receiver().pcm(RATE, 1, agent);
            }
        });
        return agent;
    }

    /**
     * Speaks without being asked, such as a greeting.
     *
     * @param samples what to say
     */
    public synchronized void say(short[] samples) {
        become(State.SPEAKING);
        int mine = turn;
        voice.write(samples)
                .thenCompose(room -> voice.drained())
                .thenRun(() -> finished(mine))
                .exceptionally(closed -> null);
    }

    @Override
    public synchronized void onSamples(short[] samples) {
        meter.add(samples, 0, samples.length, RATE);
        boolean loud = meter.dbov() < QUIETEST_SPEECH_DB;
        loudBlocks = loud ? loudBlocks + 1 : 0;
        quietBlocks = loud ? 0 : quietBlocks + 1;
        heard.add(samples);
        if (state != State.LISTENING) {
            if (heard.size() > BEGIN_BLOCKS) {
                heard.remove();
            }
            if (loudBlocks >= BEGIN_BLOCKS) {
                interrupt();
            }
        } else if (quietBlocks >= PAUSE_BLOCKS || heard.size() >= LONGEST_BLOCKS) {
            think();
        }
    }

    /** The caller begins to speak: what the agent was saying, or about to say, is over. */
    private void interrupt() {
        turn++;
        voice.clear();
        become(State.LISTENING);
    }

    private void think() {
        short[] said = new short[heard.stream().mapToInt(block -> block.length).sum()];
        int at = 0;
        for (short[] block : heard) {
            System.arraycopy(block, 0, said, at, block.length);
            at += block.length;
        }
        heard.clear();
        become(State.THINKING);
        int mine = turn;
        brain.apply(said).thenAccept(answer -> answered(mine, answer)).exceptionally(failure -> {
            finished(mine);
            return null;
        });
    }

    private synchronized void answered(int mine, short[] answer) {
        if (mine == turn) {
            say(answer);
        }
    }

    private synchronized void finished(int mine) {
        if (mine == turn && state != State.LISTENING) {
            become(State.WAITING);
        }
    }

    private void become(State next) {
        state = next;
        listener.accept(next);
    }
}
