package org.webrtc4j.benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * A WebRTC stack as a program that speaks the command-line peer's protocol.
 *
 * @param name how tables call it
 * @param command the program and its arguments, without the configuration
 * @param settings what its configuration has beside the scenario
 */
public record Stack(String name, List<String> command, Map<String, Object> settings) {

    private static final Path PION = Path.of("testing/interop/target/peers/pion-peer");
    private static final Path WEBRTC_JAVA = Path.of("benchmarks/peers/webrtc-java/target/libwebrtc-peer.jar");
    private static final String OUR_PROGRAM = "org.webrtc4j.samples.Samples";
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Copies the collections.
     *
     * @param name how tables call it
     * @param command the program and its arguments
     * @param settings what its configuration has beside the scenario
     */
    public Stack {
        command = List.copyOf(command);
        settings = Map.copyOf(settings);
    }

    /**
     * Ours on the native transport and on NIO.
     *
     * @return both
     */
    public static List<Stack> ours() {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OUR_PROGRAM, "peer"));
        return List.of(
                new Stack("webrtc4j", command, Map.of("bind", LOOPBACK)),
                new Stack("webrtc4j (NIO)", command, Map.of("bind", LOOPBACK, "nio", true)));
    }

    /**
     * The others that are built on this machine, each as it does best: pion waits for a timer when it has a single loopback
     * candidate, so it is not bound; libwebrtc cannot be. What is missing is said.
     *
     * @return none, one or both
     */
    public static List<Stack> others() {
        List<Stack> stacks = new ArrayList<>();
        if (Files.exists(WEBRTC_JAVA)) {
            List<String> command = new ArrayList<>(java());
            command.addAll(List.of("-jar", WEBRTC_JAVA.toString()));
            stacks.add(new Stack("webrtc-java", command, Map.of()));
        } else {
            System.out.println(
                    "webrtc-java is not built here (mvn -pl benchmarks/peers/webrtc-java package); left out");
        }
        if (Files.isExecutable(PION)) {
            stacks.add(new Stack("pion", List.of(PION.toAbsolutePath().toString()), Map.of()));
        } else {
            System.out.println("pion is not built here (testing/interop/peers/build); left out");
        }
        return stacks;
    }

    /**
     * Returns the beginning of the command line of a peer in Java.
     *
     * @return this process's Java, with the heap that all of them have
     */
    public static List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g");
    }

    /**
     * Tells ours from the others.
     *
     * @return true for ours, with whatever settings
     */
    public boolean isOurs() {
        return command.contains(OUR_PROGRAM);
    }

    /**
     * Tells whether connections over loopback are made.
     *
     * @return false for libwebrtc, which leaves loopback out
     */
    public boolean takesLoopback() {
        return !command.contains(WEBRTC_JAVA.toString());
    }

    /**
     * Returns the stack with other settings.
     *
     * @param newName how tables call it
     * @param more what its configuration has beside the scenario and its settings so far, or in their place
     * @return the copy
     */
    public Stack with(String newName, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(more);
        return new Stack(newName, command, all);
    }

    /**
     * Starts the program.
     *
     * @param role offerer or answerer
     * @param scenario the configuration that all stacks share
     * @return the process
     * @throws IOException when it cannot be started
     */
    public ProcessPeer start(String role, JsonObject scenario) throws IOException {
        JsonObject config = scenario.deepCopy();
        config.addProperty("role", role);
        settings.forEach((key, value) -> {
            if (value instanceof Boolean flag) {
                config.addProperty(key, flag);
            } else {
                config.addProperty(key, value.toString());
            }
        });
        return new ProcessPeer(name + " " + role, command, config);
    }
}
