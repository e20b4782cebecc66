package org.webrtc4j.samples.peer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCDataChannel;

/** Each size as binary and as text, one message in flight, compared byte by byte when it comes back. */
final class EchoScenario implements Scenario {

    private static final int ANSWER_SECONDS = 20;

    private final PeerConfig config;
    private final PeerConnections connections;
    private final JsonLines lines;

    EchoScenario(PeerConfig config, PeerConnections connections, JsonLines lines) {
        this.config = config;
        this.connections = connections;
        this.lines = lines;
    }

    @Override
    public void onChannel(int id, RTCDataChannel channel) {
        channel.onMessage(event -> channel.send(event.data()));
    }

    @Override
    public void start() throws InterruptedException {
        RTCDataChannel channel = connections.offer(0);
        LinkedBlockingQueue<MessageEvent> answers = new LinkedBlockingQueue<>();
        channel.onMessage(answers::add);
        if (!PeerConnections.awaitOpen(channel)) {
            lines.error("the channel did not open");
            return;
        }
        JsonArray rows = new JsonArray();
        boolean allOk = true;
        int bad = 0;
        for (int size : config.sizes) {
            for (boolean text : new boolean[] {false, true}) {
                JsonObject row = row(channel, answers, size, text);
                rows.add(row);
                allOk &= row.get("ok").getAsBoolean();
                bad += row.get("fail").getAsInt();
            }
        }
        JsonObject result = JsonLines.eventObject(0, "result");
        result.addProperty("ok", allOk);
        result.addProperty("bad", bad);
        result.add("rows", rows);
        lines.write(result);
    }

    private JsonObject row(RTCDataChannel channel, LinkedBlockingQueue<MessageEvent> answers, int size, boolean text)
            throws InterruptedException {
        long max = connections.maxMessageSize(0);
        boolean skipped = max > 0 && size > max;
        int failed = 0;
        long nanos = 0;
        for (int round = 0; !skipped && round < config.rounds; round++) {
            byte[] message = message(size, text, round);
            long began = System.nanoTime();
            if (text) {
                channel.send(new String(message, StandardCharsets.UTF_8));
            } else {
                channel.send(message);
            }
            MessageEvent answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            nanos += System.nanoTime() - began;
            failed += matches(answer, text, message) ? 0 : 1;
        }
        JsonObject row = new JsonObject();
        row.addProperty("size", size);
        row.addProperty("kind", text ? "text" : "binary");
        row.addProperty("ok", failed == 0);
        row.addProperty("n", skipped ? 0 : config.rounds);
        row.addProperty("fail", failed);
        row.addProperty("skipped", skipped);
        row.addProperty("rttMs", skipped || config.rounds == 0 ? 0 : nanos / 1e6 / config.rounds);
        return row;
    }

    private static boolean matches(@Nullable MessageEvent answer, boolean text, byte[] message) {
        return answer != null && answer.isText() == text && Arrays.equals(answer.bytes(), message);
    }

    private static byte[] message(int size, boolean text, int round) {
        byte[] bytes = new byte[size];
        new Random(31L * size + round).nextBytes(bytes);
        if (text) {
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ('a' + (bytes[i] & 15));
            }
        }
        return bytes;
    }
}
