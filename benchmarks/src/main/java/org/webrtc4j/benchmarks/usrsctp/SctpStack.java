package org.webrtc4j.benchmarks.usrsctp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.benchmarks.Stack;

/**
 * An SCTP stack as a program that speaks the SCTP peer's protocol.
 *
 * @param name how tables call it
 * @param command the program and its arguments, without the configuration
 */
record SctpStack(String name, List<String> command) {

    static final SctpStack OURS = new SctpStack("webrtc4j", ours());
    static final SctpStack USRSCTP = new SctpStack(
            "usrsctp",
            List.of(Path.of("testing/interop/target/peers/usrsctp-peer")
                    .toAbsolutePath()
                    .toString()));

    SctpStack {
        command = List.copyOf(command);
    }

    private static List<String> ours() {
        List<String> command = new ArrayList<>(Stack.java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.webrtc4j.samples.Samples", "sctp"));
        return command;
    }

    /** Ours, and usrsctp where it is built. What is missing is said. */
    static List<SctpStack> built() {
        if (Files.isExecutable(Path.of(USRSCTP.command.get(0)))) {
            return List.of(OURS, USRSCTP);
        }
        System.out.println("usrsctp is not built here (testing/interop/peers/build); left out");
        return List.of(OURS);
    }
}
