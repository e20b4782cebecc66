package org.webrtc4j.samples.sctp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.HexFormat;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/** What the peer is told: one JSON object a line. What cannot be done becomes an error event. */
final class Commands {

    private static final int MAX_MESSAGE = 64 << 20;
    private static final int LAST_STREAM = 65_534;
    private static final int BINARY = 53;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final SctpPeer peer;
    private final Events events;

    Commands(SctpPeer peer, Events events) {
        this.peer = peer;
        this.events = events;
    }

    /** Whether a line is the command to quit; asked where lines are read. */
    static boolean isQuit(String line) {
        try {
            return line.contains("quit") && "quit".equals(name(JsonParser.parseString(line)));
        } catch (JsonParseException e) {
            return false;
        }
    }

    private static String name(JsonElement line) {
        JsonElement name = line.isJsonObject() ? line.getAsJsonObject().get("cmd") : null;
        return name != null && name.isJsonPrimitive() ? name.getAsString() : "";
    }

    void obey(String line) {
        JsonElement parsed;
        try {
            parsed = JsonParser.parseString(line);
        } catch (JsonParseException e) {
            events.error("a line is not JSON");
            return;
        }
        String name = name(parsed);
        if (name.isEmpty()) {
            events.error("a line is no command");
            return;
        }
        try {
            perform(name, parsed.getAsJsonObject());
        } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
            events.error(name + ": " + e.getMessage());
        }
    }

    private void perform(String name, JsonObject command) {
        switch (name) {
            case "connect" -> connect();
            case "send" -> send(command);
            case "bulk" -> bulk(command);
            case "reset" -> reset(command);
            case "shutdown" -> shutdown();
            case "abort" -> {
                require(peer.hasAssociation(), "there is no association");
                peer.abort();
            }
            case "echo" -> peer.echo = on(command);
            case "sink" -> peer.sink = on(command);
            case "stats" -> peer.stats();
            default -> throw new IllegalArgumentException("there is no such command");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void connect() {
        require(!peer.isOver(), "the association is over");
        require(!peer.hasAssociation(), "begun already");
        require(peer.knowsRemote(), "the remote address is not known");
        peer.connect();
    }

    private void shutdown() {
        require(peer.hasAssociation(), "there is no association");
        require(peer.state().compareTo(SctpState.ESTABLISHED) <= 0, "begun already");
        peer.shutdown();
    }

    private void send(JsonObject command) {
        byte[] payload = command.has("hex") ? hex(command.get("hex").getAsString()) : pattern(size(command));
        SendStatus status = peer.send(stream(command), ppid(command), payload, options(command));
        require(status == SendStatus.QUEUED, reason(status));
    }

    private void bulk(JsonObject command) {
        require(peer.hasAssociation(), "there is no association");
        require(peer.state().compareTo(SctpState.ESTABLISHED) <= 0, reason(SendStatus.CLOSED));
        long total = SctpConfig.integer(command, "total", 100 << 20, 1, Long.MAX_VALUE);
        peer.bulk(stream(command), ppid(command), options(command), pattern(size(command)), total);
    }

    private void reset(JsonObject command) {
        require(peer.hasAssociation(), "there is no association");
        JsonElement list = command.get("streams");
        require(list != null && list.isJsonArray() && !list.getAsJsonArray().isEmpty(), "streams are missing");
        JsonArray streams = command.getAsJsonArray("streams");
        int[] ids = new int[streams.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonObject one = new JsonObject();
            one.add("streams", streams.get(i));
            ids[i] = (int) SctpConfig.integer(one, "streams", 0, 0, LAST_STREAM);
        }
        peer.reset(ids);
    }

    private static boolean on(JsonObject command) {
        return !command.has("on") || command.get("on").getAsBoolean();
    }

    private static int size(JsonObject command) {
        return (int) SctpConfig.integer(command, "size", command.has("total") ? 16_384 : 0, 0, MAX_MESSAGE);
    }

    private static int stream(JsonObject command) {
        return (int) SctpConfig.integer(command, "stream", 0, 0, LAST_STREAM);
    }

    private static int ppid(JsonObject command) {
        return (int) SctpConfig.integer(command, "ppid", BINARY, 0, 0xffff_ffffL);
    }

    private static SendOptions options(JsonObject command) {
        boolean unordered = command.has("unordered") && command.get("unordered").getAsBoolean();
        int retransmits =
                (int) SctpConfig.integer(command, "maxRetransmits", SendOptions.UNLIMITED, 0, Integer.MAX_VALUE);
        long millis = SctpConfig.integer(
                command, "lifetimeMs", SendOptions.UNLIMITED, 0, Long.MAX_VALUE / NANOS_PER_MILLI / 2);
        return new SendOptions(unordered, retransmits, millis < 0 ? SendOptions.UNLIMITED : millis * NANOS_PER_MILLI);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** Byte i is (i + 7 (i / 256)) mod 256: no two neighbouring kilobytes are alike. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + 7 * (i >> 8));
        }
        return bytes;
    }

    static String reason(SendStatus status) {
        return switch (status) {
            case QUEUED -> "taken";
            case BUFFER_FULL -> "the stream's buffer is full";
            case TOO_LARGE -> "larger than the peer takes";
            case EMPTY -> "a message has at least one byte";
            case NO_SUCH_STREAM -> "there is no such stream";
            case CLOSED -> "the association is shutting down or over";
        };
    }
}
