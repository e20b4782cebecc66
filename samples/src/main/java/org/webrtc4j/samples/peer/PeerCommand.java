package org.webrtc4j.samples.peer;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.samples.Command;
import org.webrtc4j.samples.LogSettings;
import org.webrtc4j.samples.SignalingJson;

/** {@code peer '<json>'}: one WebRTC peer as a program. */
public final class PeerCommand implements Command {

    /** Creates the command. */
    public PeerCommand() {}

    @Override
    public String usage() {
        return "peer '<json>'      one WebRTC peer, JSON lines on standard input and output";
    }

    @Override
    public int run(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: " + usage());
            return 2;
        }
        LogSettings.warningsOnly();
        JsonLines lines = new JsonLines(System.in, System.out);
        PeerConfig config;
        try {
            config = PeerConfig.parse(arguments[0]);
        } catch (IllegalArgumentException e) {
            lines.error(String.valueOf(e.getMessage()));
            return 2;
        }
        try (WebRtcRuntime runtime = runtime(config)) {
            if (config.scenario == PeerConfig.ScenarioName.TTC && config.rehearsalSeconds > 0) {
                new Rehearsal(config, runtime).run();
            } else {
                runtime.warmUp().join();
            }
            serve(runtime, config, lines);
            runtime.shutdown(Duration.ofSeconds(2)).join();
        }
        return 0;
    }

    private static WebRtcRuntime runtime(PeerConfig config) throws UnknownHostException {
        RuntimeBuilder builder = WebRtcRuntime.builder()
                .transport(config.nio ? Transport.NIO : Transport.AUTO)
                .dataChannels(config.dataChannels);
        if (config.bind != null) {
            builder.bind(InetAddress.getByName(config.bind));
        }
        if (config.udpPort >= 0) {
            builder.udpPort(config.udpPort);
        }
        if (config.advertise != null) {
            builder.advertise(config.advertise);
        }
        return builder.build();
    }

    private static void serve(WebRtcRuntime runtime, PeerConfig config, JsonLines lines) throws IOException {
        PeerConnections connections = new PeerConnections(runtime, config, lines);
        Scenario scenario =
                switch (config.scenario) {
                    case ECHO -> new EchoScenario(config, connections, lines);
                    case THROUGHPUT -> new ThroughputScenario(config, connections, lines);
                    case TTC -> new TimeToConnectScenario(config, connections, lines);
                    case SCALE -> new ScaleScenario(config, connections, lines);
                    case MEDIA -> new MediaScenario(config, connections, lines);
                };
        connections.scenario(scenario);
        JsonObject ready = JsonLines.eventObject(0, "ready");
        ready.addProperty("impl", "webrtc4j");
        String version = PeerCommand.class.getPackage().getImplementationVersion();
        ready.addProperty("version", version == null ? "unpackaged" : version);
        lines.write(ready);
        lines.read(message -> {
            if (!"cmd".equals(SignalingJson.text(message, "type"))) {
                connections.signal(message);
                return;
            }
            switch (SignalingJson.text(message, "name")) {
                case "start" -> startScenario(scenario, config, lines);
                case "stats" -> scenario.report();
                case "quit" -> lines.stop();
                default -> lines.error("unknown command " + message);
            }
        });
        connections.closeAll();
    }

    private static void startScenario(Scenario scenario, PeerConfig config, JsonLines lines) {
        if (config.role != PeerConfig.Role.OFFERER) {
            lines.error("only the offerer starts");
            return;
        }
        // A thread of its own: a scenario waits for its events, and reading must go on meanwhile.
        Thread thread = new Thread(
                () -> {
                    try {
                        scenario.start();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        lines.error(e.toString());
                    }
                },
                "scenario");
        thread.setDaemon(true);
        thread.start();
    }
}
