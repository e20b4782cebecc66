package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;

/**
 * A peer in a process of its own that sends numbered messages without end, every ten milliseconds, over a reliable channel, and
 * checks those that come. Commands: {@code start}, {@code mark} (says {@code recovered} with the first message sent after it),
 * {@code restart}, {@code stop}, {@code expect} with a count.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what is timed, and ends with the process
final class MovingPeer {

    private static final int PACE_MILLIS = 10;
    private static final int FLOWING = 50;

    private final ScheduledExecutorService place = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        return thread;
    });
    private final RTCPeerConnection pc;
    private final List<JsonObject> heldCandidates = new ArrayList<>();
    private CompletableFuture<?> operations = CompletableFuture.completedFuture(null);
    private @Nullable RTCDataChannel channel;
    private boolean described;
    private boolean stopped;
    private int descriptions;
    private long sent;
    private long received;
    private long markMillis = Long.MAX_VALUE;
    private long expected = Long.MAX_VALUE;

    private MovingPeer(JsonObject config) {
        // Everything happens on one thread: what the library tells, what is typed, what is timed.
        WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(1)
                .executor(place)
                .continualGathering(config.get("continual").getAsBoolean())
                .build();
        pc = runtime.createPeerConnection(RTCConfiguration.defaults());
        pc.onIceCandidate(event -> candidate(event.candidate()));
        pc.onIceConnectionStateChange(
                event -> say("state", "state", pc.iceConnectionState().wireName()));
        pc.onDataChannel(event -> begin(event.channel()));
        place.scheduleAtFixedRate(this::tick, PACE_MILLIS, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    public static void main(String[] args) throws IOException {
        MovingPeer peer = new MovingPeer(JsonParser.parseString(args[0]).getAsJsonObject());
        peer.say("ready", "state", "new");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            peer.place.execute(() -> peer.take(json));
        }
    }

    private void take(JsonObject json) {
        switch (json.get("type").getAsString()) {
            case "offer" -> then(() -> remote(RTCSdpType.OFFER, json).thenCompose(done -> describe("answer")));
            case "answer" -> then(() -> remote(RTCSdpType.ANSWER, json));
            case "candidate" ->
                then(() -> pc.addIceCandidate(SignalingJson.candidate(json.getAsJsonObject("candidate"))));
            default -> command(json);
        }
    }

    private void command(JsonObject json) {
        switch (json.get("name").getAsString()) {
            case "start" -> {
                begin(pc.createDataChannel("numbers"));
                then(() -> describe("offer"));
            }
            case "restart" -> {
                pc.restartIce();
                then(() -> describe("offer"));
            }
            case "mark" -> markMillis = System.currentTimeMillis();
            case "stop" -> {
                stopped = true;
                say("stopped", "sent", Long.toString(sent));
            }
            case "expect" -> {
                expected = json.get("count").getAsLong();
                checkEnd();
            }
            default -> say("error", "message", "not understood: " + json);
        }
    }

    /** One operation after the other, as the connection would do it, too. */
    private void then(Supplier<CompletableFuture<?>> operation) {
        operations = operations.thenCompose(done -> operation.get()).whenComplete((done, failure) -> {
            if (failure != null) {
                say("error", "message", failure.toString());
            }
        });
    }

    private CompletableFuture<?> remote(RTCSdpType type, JsonObject json) {
        return pc.setRemoteDescription(SignalingJson.description(type, json));
    }

    private CompletableFuture<?> describe(String type) {
        described = false;
        return pc.setLocalDescription().thenRun(() -> {
            descriptions++;
            JsonObject line = SignalingJson.description(Objects.requireNonNull(pc.localDescription()));
            line.addProperty("type", type);
            say(line);
            described = true;
            heldCandidates.forEach(MovingPeer::say);
            heldCandidates.clear();
        });
    }

    private void candidate(@Nullable RTCIceCandidate candidate) {
        if (candidate == null) {
            return;
        }
        JsonObject line = new JsonObject();
        line.addProperty("type", "candidate");
        line.add("candidate", SignalingJson.candidate(candidate));
        if (described) {
            say(line);
        } else {
            heldCandidates.add(line);
        }
    }

    private void begin(RTCDataChannel opening) {
        opening.onOpen(event -> channel = opening).onMessage(message -> arrived(message.text()));
    }

    private void tick() {
        if (channel != null && !stopped) {
            channel.send(sent++ + " " + System.currentTimeMillis());
        }
    }

    private void arrived(String text) {
        String[] words = text.split(" ", 2);
        if (Long.parseLong(words[0]) != received) {
            say("error", "message", "expected " + received + " and got " + words[0]);
        }
        received++;
        if (received == FLOWING) {
            say("flowing", "state", "");
        }
        if (Long.parseLong(words[1]) > markMillis) {
            say("recovered", "ms", Long.toString(System.currentTimeMillis() - markMillis));
            markMillis = Long.MAX_VALUE;
        }
        checkEnd();
    }

    private void checkEnd() {
        if (received == expected) {
            say("result", "descriptions", Integer.toString(descriptions));
        }
    }

    private void say(String event, String key, String value) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "event");
        line.addProperty("name", event);
        line.addProperty(key, value);
        say(line);
    }

    private static void say(JsonObject line) {
        System.out.println(line);
    }
}
