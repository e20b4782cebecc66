package org.webrtc4j.benchmarks.voice;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.webrtc4j.EventType;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/**
 * Voice calls between this process, which calls, and a server of its own that is held to one core: sound both ways, in Opus,
 * encoded and decoded by the server for each call. The callers share one encoder and decode nothing, to stay out of the way.
 */
public final class VoiceCalls {

    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final int SECONDS = 60;
    private static final int FRAMES_PER_SECOND = 50;

    /** A frame may be under way at either end of what is measured. */
    private static final int ON_THE_WAY = 2;

    private VoiceCalls() {}

    /**
     * What was measured.
     *
     * @param calls how many at once
     * @param pinned whether the server had one core only
     * @param seconds how long
     * @param cpuShare CPU time of the server in a second of time; 1 is a core
     * @param due 20 ms frames that the server had to send in each call, and to hear
     * @param leastSent the fewest that it has sent in one call
     * @param leastHeard the fewest that it has given to a listener in one call
     * @param frames all that it has sent and heard
     */
    public record Result(
            int calls,
            boolean pinned,
            double seconds,
            double cpuShare,
            long due,
            long leastSent,
            long leastHeard,
            long frames) {

        /**
         * Tells what a call costs, by what was sent and heard: on a machine that is busy otherwise, too.
         *
         * @return CPU time of one call in a second of time; 1 is a core
         */
        public double cpuShareOfCall() {
            return cpuShare * seconds / frames * 2 * FRAMES_PER_SECOND;
        }

        /**
         * Tells whether every frame was encoded and decoded in its time.
         *
         * @return false when the core was too slow
         */
        public boolean complete() {
            return leastSent >= due - ON_THE_WAY && leastHeard >= due - ON_THE_WAY;
        }

        @Override
        public String toString() {
            return String.format(
                    "%d calls%s, %.1f s: %.0f %% of a core, %.2f %% a call; of %d frames a call at least %d sent, %d heard: %s",
                    calls,
                    pinned ? " on one core" : "",
                    seconds,
                    100 * cpuShare,
                    100 * cpuShareOfCall(),
                    due,
                    leastSent,
                    leastHeard,
                    complete() ? "nothing was lost" : "the core was too slow, or busy with something else");
        }
    }

    /**
     * Runs and prints.
     *
     * @param calls how many at once
     * @param seconds to measure, and as long to warm up
     * @return what was measured
     * @throws Exception when the server fails
     */
    public static Result run(int calls, int seconds) throws Exception {
        boolean pinned = Files.isExecutable(TASKSET);
        if (!pinned) {
            System.out.println("There is no taskset here: the server is not held to one core");
        }
        Process server = start(pinned);
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .bind(InetAddress.getLoopbackAddress())
                        .build();
                BufferedReader from = server.inputReader(StandardCharsets.UTF_8);
                BufferedWriter to = server.outputWriter(StandardCharsets.UTF_8)) {
            runtime.warmUp().get(SECONDS, TimeUnit.SECONDS);
            MediaStreamTrack voice = new MediaStreamTrack(MediaSources.speechNoise(7));
            List<CompletableFuture<?>> connected = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                connected.add(call(runtime, i, voice, from, to));
            }
            CompletableFuture.allOf(connected.toArray(CompletableFuture<?>[]::new))
                    .get(SECONDS, TimeUnit.SECONDS);
            pass(seconds);
            JsonObject before = ask(from, to, new JsonObject());
            pass(seconds);
            JsonObject after = ask(from, to, new JsonObject());
            Result result = result(calls, pinned, before, after);
            System.out.println(result);
            return result;
        } finally {
            server.destroy();
        }
    }

    private static Process start(boolean pinned) throws IOException {
        List<String> command = new ArrayList<>();
        if (pinned) {
            command.addAll(List.of(TASKSET.toString(), "-c", "0"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                VoiceServer.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static CompletableFuture<?> call(
            WebRtcRuntime runtime, int number, MediaStreamTrack voice, BufferedReader from, BufferedWriter to)
            throws Exception {
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "caller-" + number);
        CompletableFuture<Boolean> connected = new CompletableFuture<>();
        pc.addEventListener(EventType.CONNECTIONSTATECHANGE, event -> {
            if (pc.connectionState() == RTCPeerConnectionState.CONNECTED) {
                connected.complete(true);
            }
        });
        pc.addTrack(voice);
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        JsonObject offer = new JsonObject();
        offer.addProperty(
                "sdp", pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS).sdp());
        String answer = ask(from, to, offer).get("sdp").getAsString();
        pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, answer))
                .get(SECONDS, TimeUnit.SECONDS);
        return connected;
    }

    private static JsonObject ask(BufferedReader from, BufferedWriter to, JsonObject question) throws IOException {
        to.write(question.toString());
        to.newLine();
        to.flush();
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException("The server has ended");
        }
        return JsonParser.parseString(answer).getAsJsonObject();
    }

    private static Result result(int calls, boolean pinned, JsonObject before, JsonObject after) {
        double seconds = (after.get("nanos").getAsLong() - before.get("nanos").getAsLong()) / 1e9;
        double cpuSeconds =
                (after.get("cpuNanos").getAsLong() - before.get("cpuNanos").getAsLong()) / 1e9;
        return new Result(
                calls,
                pinned,
                seconds,
                cpuSeconds / seconds,
                (long) (seconds * FRAMES_PER_SECOND),
                least(before.getAsJsonArray("sent"), after.getAsJsonArray("sent")),
                least(before.getAsJsonArray("heard"), after.getAsJsonArray("heard")),
                sum(after) - sum(before));
    }

    private static long sum(JsonObject figures) {
        long sum = 0;
        for (String each : new String[] {"sent", "heard"}) {
            for (JsonElement count : figures.getAsJsonArray(each)) {
                sum += count.getAsLong();
            }
        }
        return sum;
    }

    private static long least(JsonArray before, JsonArray after) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < after.size(); i++) {
            least = Math.min(least, after.get(i).getAsLong() - before.get(i).getAsLong());
        }
        return least;
    }

    private static void pass(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
