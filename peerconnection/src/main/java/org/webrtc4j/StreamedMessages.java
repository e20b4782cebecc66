package org.webrtc4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages of one channel that are under way to their sinks. Confined to the event place. */
final class StreamedMessages {

    /** What messages are under way as; of one that nobody wants, or whose sink has thrown, no sink is kept. */
    private record UnderWay(@Nullable MessageSink sink) {}

    private final Map<Long, UnderWay> underWay = new HashMap<>();
    private final Consumer<Throwable> failures;

    StreamedMessages(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    /** A message that came whole. */
    void whole(@Nullable MessageReceiver receiver, boolean text, byte[] payload) {
        UnderWay message = begin(receiver, text);
        if (payload.length > 0) {
            message = part(message, payload);
        }
        end(message);
    }

    void part(@Nullable MessageReceiver receiver, boolean text, long number, byte[] payload, boolean last) {
        UnderWay message = underWay.remove(number);
        if (message == null) {
            message = begin(receiver, text);
        }
        message = part(message, payload);
        if (last) {
            end(message);
        } else {
            underWay.put(number, message);
        }
    }

    void aborted(long number, DOMException reason) {
        UnderWay message = underWay.remove(number);
        if (message != null) {
            call(message, sink -> sink.onAborted(reason));
        }
    }

    void abortAll(DOMException reason) {
        List<Long> numbers = new ArrayList<>(underWay.keySet());
        numbers.sort(null);
        numbers.forEach(number -> aborted(number, reason));
    }

    private UnderWay begin(@Nullable MessageReceiver receiver, boolean text) {
        try {
            return new UnderWay(receiver == null ? null : receiver.onMessageBegin(text));
        } catch (Throwable thrown) {
            failures.accept(thrown);
            return new UnderWay(null);
        }
    }

    private UnderWay part(UnderWay message, byte[] payload) {
        return call(message, sink -> sink.onPart(payload));
    }

    private void end(UnderWay message) {
        call(message, MessageSink::onEnd);
    }

    private UnderWay call(UnderWay message, Consumer<MessageSink> call) {
        MessageSink sink = message.sink();
        if (sink == null) {
            return message;
        }
        try {
            call.accept(sink);
            return message;
        } catch (Throwable thrown) {
            failures.accept(thrown);
            return new UnderWay(null);
        }
    }
}
