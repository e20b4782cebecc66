package org.webrtc4j.benchmarks.voice;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.webrtc4j.AudioSource;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/**
 * The side that is measured, a process of its own: it answers each offer on standard input, speaks with a voice and an encoder of
 * its own in every call, and listens to every caller with a decoder. Asked for its figures it tells what it has done so far.
 */
public final class VoiceServer {

    private static final int SECONDS = 60;

    /** A voice that is made as fast as it can be is ahead of what is heard by this. */
    private static final Duration QUEUED = Duration.ofSeconds(1);

    /** What a recogniser takes. */
    private static final int HEARD_RATE = 16_000;

    /** One call. */
    private record Call(RTCPeerConnection pc, AtomicLong heardBlocks) {}

    private VoiceServer() {}

    /**
     * Serves until the input ends.
     *
     * @param arguments none
     * @throws Exception when a call cannot be answered
     */
    public static void main(String[] arguments) throws Exception {
        List<Call> calls = new ArrayList<>();
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .loops(1)
                        .bind(InetAddress.getLoopbackAddress())
                        .udpPort(0)
                        .build();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            runtime.warmUp().get(SECONDS, TimeUnit.SECONDS);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonObject asked = JsonParser.parseString(line).getAsJsonObject();
                System.out.println(asked.has("sdp") ? answer(runtime, calls, asked) : figures(calls));
            }
        }
    }

    private static JsonObject answer(WebRtcRuntime runtime, List<Call> calls, JsonObject offer) throws Exception {
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "voice-" + calls.size());
        AtomicLong heard = new AtomicLong();
        pc.onTrack(event -> event.receiver().pcm(HEARD_RATE, 1, samples -> heard.incrementAndGet()));
        AudioSource speech = AudioSource.pcm(SpokenText.RATE, 1, QUEUED);
        pc.addTrack(speech.track());
        new SpokenText(calls.size()).speak(speech);
        pc.setRemoteDescription(new RTCSessionDescriptionInit(
                        RTCSdpType.OFFER, offer.get("sdp").getAsString()))
                .get(SECONDS, TimeUnit.SECONDS);
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        calls.add(new Call(pc, heard));
        JsonObject answer = new JsonObject();
        answer.addProperty(
                "sdp", pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS).sdp());
        return answer;
    }

    private static JsonObject figures(List<Call> calls) throws Exception {
        JsonObject figures = new JsonObject();
        figures.addProperty("cpuNanos", cpuNanos());
        figures.addProperty("nanos", System.nanoTime());
        JsonArray sent = new JsonArray();
        JsonArray heard = new JsonArray();
        for (Call each : calls) {
            sent.add(each.pc
                    .getStats()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .all(RTCOutboundRtpStreamStats.class)
                    .mapToLong(RTCOutboundRtpStreamStats::packetsSent)
                    .sum());
            heard.add(each.heardBlocks.get());
        }
        figures.add("sent", sent);
        figures.add("heard", heard);
        return figures;
    }

    private static long cpuNanos() throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine) {
            return machine.getProcessCpuTime();
        }
        throw new IOException("This JVM does not tell its CPU time");
    }
}
