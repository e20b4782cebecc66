package org.webrtc4j.peers.libwebrtc;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One WebRTC peer on libwebrtc, driven by JSON lines on standard input and output.
 *
 * <p>It speaks the same lines as webrtc4j's own command-line peer, so that both can be measured in the same way.
 */
final class LibwebrtcPeer {

    /** Says what a thread of its own is to do; nothing catches its exceptions but {@link #run}. */
    interface Task {
        void run() throws Exception;
    }

    private static final String POM_PROPERTIES = "/META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties";

    private final PeerConfig config;
    private final Output output;
    private final PeerConnectionFactory factory;
    private final Scenario scenario;
    private final Map<Integer, Connection> connections = new ConcurrentHashMap<>();
    private final Executor threads = task -> {
        Thread thread = new Thread(task, "scenario");
        thread.setDaemon(true);
        thread.start();
    };

    private LibwebrtcPeer(PeerConfig config, Output output, PeerConnectionFactory factory) {
        this.config = config;
        this.output = output;
        this.factory = factory;
        this.scenario = chooseScenario();
    }

    /**
     * Runs the peer until it is told to quit.
     *
     * @param args the configuration
     * @throws IOException when standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Output output = new Output(System.out);
        try {
            PeerConfig config = PeerConfig.parse(args.length == 1 ? args[0] : "{}");
            LibwebrtcPeer peer = new LibwebrtcPeer(config, output, warmFactory());
            peer.serve();
        } catch (IllegalArgumentException | JsonParseException problem) {
            output.error(0, problem);
            System.exit(2);
        }
    }

    /** Loads the native library and runs through its constructors once; without sound cards, which servers lack. */
    private static PeerConnectionFactory warmFactory() {
        PeerConnectionFactory factory = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
        factory.createPeerConnection(new RTCConfiguration(), (RTCIceCandidate candidate) -> {})
                .close();
        return factory;
    }

    private Scenario chooseScenario() {
        return switch (config.scenario) {
            case "echo" -> new Echo(this);
            case "throughput" -> new Throughput(this);
            case "ttc" -> new TimeToConnect(this);
            default -> throw new IllegalArgumentException("scenario '" + config.scenario + "' is not offered");
        };
    }

    PeerConfig config() {
        return config;
    }

    Output output() {
        return output;
    }

    PeerConnectionFactory factory() {
        return factory;
    }

    Scenario scenario() {
        return scenario;
    }

    /** Runs a task on a thread of its own, whose failure becomes an event. */
    void run(int id, Task task) {
        threads.execute(() -> attempt(id, task));
    }

    /** Tells a failure instead of dying of it; webrtc-java throws Errors for what libwebrtc refuses. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void attempt(int id, Task task) {
        try {
            task.run();
        } catch (Exception | Error problem) {
            problem.printStackTrace();
            output.error(id, problem);
        }
    }

    private void serve() throws IOException {
        Map<String, String> about = Map.of("impl", "webrtc-java", "version", versionOfWebrtcJava());
        output.event(0, "ready", about);
        if (config.bind != null) {
            output.log(0, "libwebrtc chooses its addresses itself; bind is ignored");
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            JsonObject message = parse(line);
            if (isQuit(message)) {
                break;
            }
            attempt(0, () -> obey(message));
        }
        List.copyOf(connections.keySet()).forEach(this::hangUp);
        factory.dispose();
        // Where the process ends, the native library complains on standard output, which is for our lines alone.
        System.out.close();
    }

    private static String versionOfWebrtcJava() throws IOException {
        Properties pom = new Properties();
        try (InputStream file = PeerConnectionFactory.class.getResourceAsStream(POM_PROPERTIES)) {
            if (file != null) {
                pom.load(file);
            }
        }
        return pom.getProperty("version", "unknown");
    }

    /** The object of a line; an empty one, which obey refuses, where it is none. */
    private static JsonObject parse(String line) {
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException noObject) {
            return new JsonObject();
        }
    }

    private static boolean isQuit(JsonObject message) {
        return textOf(message, "type").equals("cmd") && textOf(message, "name").equals("quit");
    }

    private static String textOf(JsonObject message, String key) {
        JsonElement value = message.get(key);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private void obey(JsonObject line) {
        int id = line.has("id") ? line.get("id").getAsInt() : 0;
        Connection connection = connections.get(id);
        switch (textOf(line, "type")) {
            case "cmd" -> command(textOf(line, "name"));
            case "offer" -> connect(id).answer(textOf(line, "sdp"));
            case "answer" -> acceptAnswer(connection, textOf(line, "sdp"));
            case "candidate" -> addCandidate(connection, line.getAsJsonObject("candidate"));
            case "bye" -> forget(id);
            default -> throw new IllegalArgumentException("unknown line " + line);
        }
    }

    private void command(String name) {
        if (!name.equals("start") || !config.isOfferer()) {
            throw new IllegalArgumentException("command '" + name + "' means nothing to the " + config.role);
        }
        run(0, scenario::begin);
    }

    private static void acceptAnswer(@Nullable Connection connection, String sdp) {
        if (connection != null) {
            connection.acceptAnswer(sdp);
        }
    }

    /** A candidate may cross a bye on its way; then there is nothing to add it to. */
    private static void addCandidate(@Nullable Connection connection, JsonObject candidate) {
        if (connection == null) {
            return;
        }
        JsonElement line = candidate.get("sdpMLineIndex");
        int index = line == null || line.isJsonNull() ? 0 : line.getAsInt();
        connection.addCandidate(textOf(candidate, "sdpMid"), index, textOf(candidate, "candidate"));
    }

    /** Opens connection id with one channel and sends its offer. */
    void dial(int id) {
        connect(id).offer();
    }

    private Connection connect(int id) {
        Connection connection = new Connection(this, id);
        connections.put(id, connection);
        return connection;
    }

    /** Closes connection id and tells the other side. */
    void hangUp(int id) {
        output.line("bye", id, Map.of());
        forget(id);
    }

    private void forget(int id) {
        Connection connection = connections.remove(id);
        if (connection != null) {
            connection.close();
        }
    }
}
