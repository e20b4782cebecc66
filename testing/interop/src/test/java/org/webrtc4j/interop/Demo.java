package org.webrtc4j.interop;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.webrtc4j.testkit.peer.ProcessPeer;

/** The demo as a process of its own, on a port that the system chose. */
record Demo(Process process, String url) implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("https?://localhost:\\d+/");

    /** Starts it and waits for its address. */
    static Demo start(String... options) throws Exception {
        List<String> command = new ArrayList<>(ProcessPeer.webrtc4jCommand());
        command.set(command.size() - 1, "demo");
        command.addAll(List.of("--port", "0"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new Demo(process, address.group());
            }
        }
        throw new AssertionError("The demo ended without an address");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
}
