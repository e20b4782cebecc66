package org.webrtc4j.benchmarks.ice;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * The clients as a process of their own, so that what the server costs is the server's alone. It takes the sessions to
 * connect as lines of JSON, answers when they have connected or their time is over, and ends with its standard input.
 */
public final class IceClientProcess {

    private IceClientProcess() {}

    static ProcessPeer start() throws IOException {
        return new ProcessPeer(
                "ICE clients",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IceClientProcess.class.getName()),
                new JsonObject());
    }

    /**
     * Runs it.
     *
     * @param arguments not used
     * @throws Exception when sessions do not connect
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        IceSessions sessions = IceSessions.clients();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject wish = JsonParser.parseString(line).getAsJsonObject();
            JsonObject answer = new JsonObject();
            answer.addProperty("type", "event");
            if (wish.has("end")) {
                sessions.end();
                answer.addProperty("name", "ended");
            } else {
                long start = System.nanoTime();
                List<Integer> ports = new ArrayList<>();
                wish.get("ports").getAsJsonArray().forEach(each -> ports.add(each.getAsInt()));
                IceSessions.Batch batch = sessions.begin(wish.get("from").getAsInt(), ports);
                answer.addProperty("name", "connected");
                answer.addProperty("count", batch.await(wish.get("seconds").getAsInt()));
                answer.addProperty("nanos", batch.latestNanos() - start);
            }
            out.println(answer);
        }
        System.exit(0);
    }
}
