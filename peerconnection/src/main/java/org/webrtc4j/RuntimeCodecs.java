package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.media.codec.CodecRegistry;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoEncoder;
import org.webrtc4j.stage.CodecWorkers;
import org.webrtc4j.voice.VoiceWarmUp;

/**
 * The codecs of a runtime, and where they run. They are looked up when the first one is asked for, which is on the executor: to
 * search the class path takes longer than a loop may be held up.
 */
final class RuntimeCodecs implements CodecFactory {

    private final List<CodecFactory> given;
    private final @Nullable CodecWorkers own;
    private final Executor executor;
    private final Object monitor = new Object();
    private @Nullable CodecRegistry registry;

    /**
     * Creates it.
     *
     * @param given asked before those that are found, the last one first
     * @param executor where codecs run; null for threads of its own
     * @param threads how many of these
     */
    RuntimeCodecs(List<CodecFactory> given, @Nullable Executor executor, int threads) {
        this.given = new ArrayList<>(given);
        if (executor == null) {
            CodecWorkers workers = new CodecWorkers(threads);
            this.own = workers;
            this.executor = workers;
        } else {
            this.own = null;
            this.executor = executor;
        }
    }

    Executor executor() {
        return executor;
    }

    @Override
    public @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        return registry().audioEncoder(codec);
    }

    @Override
    public @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        return registry().audioDecoder(codec, sampleRate, channels);
    }

    @Override
    public @Nullable VideoEncoder videoEncoder(CodecDescription codec) {
        return registry().videoEncoder(codec);
    }

    @Override
    public @Nullable VideoDecoder videoDecoder(CodecDescription codec) {
        return registry().videoDecoder(codec);
    }

    private CodecRegistry registry() {
        synchronized (monitor) {
            CodecRegistry found = registry;
            if (found == null) {
                found = CodecRegistry.discover(RuntimeCodecs.class.getClassLoader());
                for (CodecFactory each : given) {
                    found = found.with(each);
                }
                registry = found;
            }
            return found;
        }
    }

    /** Loads what a voice needs; completes whatever happens. */
    CompletableFuture<@Nullable Void> warmUp() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    VoiceWarmUp.run(this);
                } finally {
                    done.complete(null);
                }
            });
        } catch (RejectedExecutionException ended) {
            done.complete(null);
        }
        return done;
    }

    /** Ends its own threads; an executor that was given stays. */
    void close() {
        CodecWorkers workers = own;
        if (workers != null) {
            workers.close();
        }
    }
}
