package org.webrtc4j.samples.demo;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.webrtc4j.DOMException;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCDataChannel;

/** Everybody who is connected reads every line. Called from the loops of all connections. */
final class ChatRoom {

    private static final int LONGEST_LINE = 2_000;
    private static final long MOST_BUFFERED = 1 << 20;

    private final Map<RTCDataChannel, String> members = new ConcurrentHashMap<>();
    private final AtomicInteger visitors = new AtomicInteger();

    void enter(RTCDataChannel channel) {
        String name = "visitor " + visitors.incrementAndGet();
        channel.addEventListener(EventType.OPEN, event -> {
            members.put(channel, name);
            note(channel, "You are " + name + ", one of " + members.size() + " here.");
            members.keySet().stream().filter(other -> other != channel).forEach(other -> note(other, name + " came."));
        });
        channel.addEventListener(EventType.CLOSE, event -> {
            if (members.remove(channel) != null) {
                members.keySet().forEach(other -> note(other, name + " left."));
            }
        });
        channel.onMessage(message -> say(channel, name, message.text()));
    }

    private void say(RTCDataChannel speaker, String name, String text) {
        String line = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text;
        members.keySet().forEach(channel -> {
            JsonObject json = new JsonObject();
            json.addProperty("from", name);
            json.addProperty("text", line);
            json.addProperty("own", channel == speaker);
            send(channel, json);
        });
    }

    private static void note(RTCDataChannel channel, String text) {
        JsonObject json = new JsonObject();
        json.addProperty("note", text);
        send(channel, json);
    }

    /** A reader who does not keep up misses lines; the room does not wait for anybody. */
    private static void send(RTCDataChannel channel, JsonObject json) {
        if (channel.bufferedAmount() > MOST_BUFFERED) {
            return;
        }
        try {
            channel.send(json.toString());
        } catch (DOMException e) {
            // Closed between the look and the call: its close event takes it out of the room.
        }
    }
}
