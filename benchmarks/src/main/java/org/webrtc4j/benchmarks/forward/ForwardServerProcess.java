package org.webrtc4j.benchmarks.forward;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * The forwarding server as a process: one loop and one UDP port of loopback. It takes offers and the wish to know what it has
 * cost as lines of JSON, and ends with its standard input.
 */
public final class ForwardServerProcess {

    private final PrintStream out;
    private final NettyEventLoops loops;
    private final ForwardServer server;
    private final long loopThread;

    private ForwardServerProcess(NettyEventLoops loops, PrintStream out) {
        this.out = out;
        this.loops = loops;
        WebRtcRuntime runtime = WebRtcRuntime.builder()
                .eventLoops(loops)
                .bind(InetAddress.getLoopbackAddress())
                .udpPort(0)
                .build();
        server = new ForwardServer(runtime);
        CompletableFuture<Long> thread = new CompletableFuture<>();
        loops.loops()
                .get(0)
                .execute(() -> thread.complete(Thread.currentThread().getId()));
        loopThread = thread.join();
    }

    /** Starts it from the class path of this process. */
    static ProcessPeer start(boolean nio) throws IOException {
        JsonObject config = new JsonObject();
        config.addProperty("nio", nio);
        return new ProcessPeer(
                "forwarding server",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwardServerProcess.class.getName()),
                config);
    }

    /**
     * Runs it.
     *
     * @param arguments one object: {@code nio} says whether the native transport is left aside
     * @throws IOException when the standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        boolean nio = JsonParser.parseString(arguments[0])
                .getAsJsonObject()
                .get("nio")
                .getAsBoolean();
        NettyEventLoops loops = nio ? NettyEventLoops.create(1, Transport.NIO) : NettyEventLoops.create(1);
        ForwardServerProcess process =
                new ForwardServerProcess(loops, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        process.read(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        System.exit(0);
    }

    private void read(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonObject command = JsonParser.parseString(line).getAsJsonObject();
            switch (command.get("name").getAsString()) {
                case "publish" -> answer(server.publish(command.get("sdp").getAsString()));
                case "show" -> answer(server.show(command.get("sdp").getAsString()));
                default -> say(cost());
            }
        }
    }

    private void answer(CompletableFuture<String> answer) {
        try {
            JsonObject event = event("answer");
            event.addProperty("sdp", answer.join());
            say(event);
        } catch (CompletionException refused) {
            JsonObject event = event("error");
            event.addProperty("message", String.valueOf(refused.getCause()));
            say(event);
        }
    }

    private JsonObject cost() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        JsonObject event = event("cost");
        event.addProperty("processCpuNanos", system.getProcessCpuTime());
        event.addProperty("loopCpuNanos", threads.getThreadCpuTime(loopThread));
        event.addProperty("loopAllocatedBytes", threads.getThreadAllocatedBytes(loopThread));
        event.addProperty("transport", loops.transport().name());
        return event;
    }

    private static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("type", "event");
        event.addProperty("name", name);
        return event;
    }

    private void say(JsonObject event) {
        out.println(event);
    }
}
