package org.webrtc4j.samples.sctp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpStats;

/** What the peer says: one JSON object a line. */
final class Events {

    private static final int SHOWN_BYTES = 64;

    private final PrintStream out;

    Events(PrintStream out) {
        this.out = out;
    }

    static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("event", name);
        return event;
    }

    void say(JsonObject event) {
        out.println(event);
        out.flush();
    }

    void error(String message) {
        JsonObject event = event("error");
        event.addProperty("message", message);
        say(event);
    }

    void connected(SctpEvent.Connected connected) {
        JsonObject event = event("connected");
        event.addProperty("inboundStreams", connected.inboundStreams());
        event.addProperty("outboundStreams", connected.outboundStreams());
        say(event);
    }

    void message(SctpEvent.Message message) {
        byte[] payload = message.payload();
        JsonObject event = onStream("message", message.streamId());
        event.addProperty("ppid", Integer.toUnsignedLong(message.ppid()));
        event.addProperty("size", payload.length);
        event.addProperty("unordered", message.unordered());
        event.addProperty("sha256", sha256(payload));
        event.addProperty("hex", HexFormat.of().formatHex(payload, 0, Math.min(payload.length, SHOWN_BYTES)));
        say(event);
    }

    void lowBuffer(int streamId) {
        say(onStream("lowBuffer", streamId));
    }

    void reset(SctpEvent.StreamsReset reset) {
        JsonObject event = event("reset");
        JsonArray streams = new JsonArray();
        reset.streamIds().forEach(streams::add);
        event.add("streams", streams);
        event.addProperty("incoming", reset.direction() == SctpEvent.StreamsReset.Direction.INCOMING);
        event.addProperty("denied", reset.direction() == SctpEvent.StreamsReset.Direction.OUTGOING_DENIED);
        say(event);
    }

    void abandoned(SctpEvent.Abandoned abandoned) {
        JsonObject event = onStream("abandoned", abandoned.streamId());
        event.addProperty("ppid", Integer.toUnsignedLong(abandoned.ppid()));
        say(event);
    }

    void closed(SctpCloseCause cause) {
        JsonObject event = event("closed");
        event.addProperty(
                "cause",
                switch (cause.kind()) {
                    case LOCAL_SHUTDOWN -> "shutdown";
                    case PEER_SHUTDOWN -> "peer shutdown";
                    case LOCAL_ABORT -> "abort";
                    case PEER_ABORT -> "peer abort";
                    case TOO_MANY_RETRIES -> "timeout";
                    default -> cause.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                });
        event.addProperty("code", cause.causeCode());
        event.addProperty("message", cause.message());
        say(event);
    }

    /** Every counter there is, and what the application itself has sent and received. */
    void stats(SctpStats stats, Traffic traffic) {
        JsonObject event = event("stats");
        for (RecordComponent component : SctpStats.class.getRecordComponents()) {
            add(event, component.getName(), read(component, stats));
        }
        event.addProperty("sentMessages", traffic.sentMessages);
        event.addProperty("sentBytes", traffic.sentBytes);
        event.addProperty("receivedMessages", traffic.receivedMessages);
        event.addProperty("receivedBytes", traffic.receivedBytes);
        event.addProperty("receivedMs", traffic.receivedMillis());
        say(event);
    }

    private static void add(JsonObject event, String name, Object value) {
        if (value instanceof Boolean truth) {
            event.addProperty(name, truth);
        } else if (value instanceof Number number) {
            event.addProperty(name, number);
        } else if (value instanceof Map<?, ?> map) {
            JsonObject counts = new JsonObject();
            map.forEach((key, count) -> add(counts, String.valueOf(key), count));
            event.add(name, counts);
        } else {
            event.addProperty(name, String.valueOf(value));
        }
    }

    private static Object read(RecordComponent component, SctpStats stats) {
        try {
            return component.getAccessor().invoke(stats);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // the accessors of a public record are public
        }
    }

    private static JsonObject onStream(String name, int streamId) {
        JsonObject event = event(name);
        event.addProperty("stream", streamId);
        return event;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
