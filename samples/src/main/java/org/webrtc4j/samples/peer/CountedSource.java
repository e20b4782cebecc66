package org.webrtc4j.samples.peer;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.CodecFactory;

/** Counts what another source gives. */
record CountedSource(MediaTrackSource source, LongAdder frames, LongAdder bytes) implements MediaTrackSource {

    CountedSource(MediaTrackSource source) {
        this(source, new LongAdder(), new LongAdder());
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("frames", frames.sum());
        json.addProperty("bytes", bytes.sum());
        return json;
    }

    @Override
    public String kind() {
        return source.kind();
    }

    @Override
    public Feed open(Consumer consumer) {
        return source.open(new Counting(consumer));
    }

    final class Counting implements Consumer {

        private final Consumer consumer;

        Counting(Consumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public List<CodecDescription> codecs() {
            return consumer.codecs();
        }

        @Override
        public EventLoop loop() {
            return consumer.loop();
        }

        @Override
        public Executor codecExecutor() {
            return consumer.codecExecutor();
        }

        @Override
        public CodecFactory codecFactory() {
            return consumer.codecFactory();
        }

        @Override
        public boolean isClosed() {
            return consumer.isClosed();
        }

        @Override
        public void frame(EncodedFrame frame) {
            frames.increment();
            bytes.add(frame.bytes().length);
            consumer.frame(frame);
        }
    }
}
