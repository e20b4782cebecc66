package org.webrtc4j.benchmarks.relay;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.webrtc4j.testkit.DropReason;
import org.webrtc4j.testkit.ImpairedPath;
import org.webrtc4j.testkit.UdpImpairmentRelay;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;

/**
 * The relay as a process of its own, so that its CPU time is nobody else's. Takes addresses to present and the wish for its
 * counters as lines of JSON, and ends with its standard input.
 */
public final class RelayProcess {

    private final UdpImpairmentRelay relay;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private RelayProcess(UdpImpairmentRelay relay) {
        this.relay = relay;
    }

    /**
     * Runs it.
     *
     * @param arguments one object: {@code bind}, {@code rttMillis}, {@code loss} and {@code seed}
     * @throws IOException when the standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        JsonObject config = JsonParser.parseString(arguments[0]).getAsJsonObject();
        RelayPath path = new RelayPath(
                config.get("rttMillis").getAsInt(), config.get("loss").getAsDouble());
        try (UdpImpairmentRelay relay = new UdpImpairmentRelay(
                path.impairments(),
                config.get("seed").getAsLong(),
                InetAddress.getByName(config.get("bind").getAsString()))) {
            RelayProcess process = new RelayProcess(relay);
            process.say(event("ready"));
            process.read(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        System.exit(0);
    }

    private void read(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonObject wish = JsonParser.parseString(line).getAsJsonObject();
            if (wish.has("side")) {
                say(present(wish));
            } else {
                say(stats());
            }
        }
    }

    private JsonObject present(JsonObject wish) throws IOException {
        InetSocketAddress shown = relay.present(
                Side.valueOf(wish.get("side").getAsString()),
                new InetSocketAddress(
                        InetAddress.getByName(wish.get("host").getAsString()),
                        wish.get("port").getAsInt()));
        JsonObject event = event("presented");
        event.addProperty("host", shown.getAddress().getHostAddress());
        event.addProperty("port", shown.getPort());
        return event;
    }

    private JsonObject stats() {
        JsonObject event = event("stats");
        long delivered = 0;
        long lost = 0;
        for (Side side : Side.values()) {
            ImpairedPath.Stats stats = relay.stats(side);
            delivered += stats.delivered();
            lost += stats.drops().getOrDefault(DropReason.LOSS, 0L);
        }
        event.addProperty("delivered", delivered);
        event.addProperty("lost", lost);
        event.addProperty("overflowed", relay.overflowed());
        event.addProperty("refused", relay.refused());
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
