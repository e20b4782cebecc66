package org.webrtc4j.benchmarks.srtp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webrtc4j.srtp.SrtpProfile;

/** An implementation, as a process for each profile that measures when it is asked to. */
final class Contestant implements AutoCloseable {

    private static final Path LIBSRTP = Path.of("benchmarks/peers/libsrtp/target/libsrtp-peer");
    private static final int WARM_UP_MILLIS = 1_000;

    private final String name;
    private final List<String> command;
    private final boolean warmsUp;
    private final Map<SrtpProfile, Peer> peers = new HashMap<>();
    private JsonObject identity = new JsonObject();

    private record Peer(Process process, Writer input, BufferedReader output) {}

    private Contestant(String name, List<String> command, boolean warmsUp) {
        this.name = name;
        this.command = List.copyOf(command);
        this.warmsUp = warmsUp;
    }

    /** Those that can be had here, ours first; what is missing is said. */
    static List<Contestant> all() {
        List<Contestant> all = new ArrayList<>(List.of(java("webrtc4j"), java("jitsi-srtp"), java("jitsi+jdk")));
        if (Files.isExecutable(LIBSRTP)) {
            all.add(new Contestant("libsrtp", List.of(LIBSRTP.toAbsolutePath().toString()), false));
        } else {
            System.out.println("libsrtp is not built here (benchmarks/peers/libsrtp/build); left out");
        }
        return all;
    }

    static Contestant java(String name) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new Contestant(name, List.of(java, "-Xmx256m", "-cp", classPath, SrtpPeer.class.getName(), name), true);
    }

    String name() {
        return name;
    }

    /** Name, version and ciphers, once it has been asked something. */
    JsonObject identity() {
        return identity;
    }

    /** Lets a compiler see the case, without keeping the figure. */
    void warmUp(SrtpCase what) throws IOException {
        if (warmsUp) {
            nanosPerPacket(what, WARM_UP_MILLIS);
        }
    }

    double nanosPerPacket(SrtpCase what, int millis) throws IOException {
        Peer peer = peers.get(what.profile());
        if (peer == null) {
            peer = start();
            peers.put(what.profile(), peer);
        }
        peer.input().write(what.request(millis) + "\n");
        peer.input().flush();
        return answer(peer).get("nanos").getAsDouble();
    }

    private Peer start() throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Peer peer = new Peer(
                process, process.outputWriter(StandardCharsets.UTF_8), process.inputReader(StandardCharsets.UTF_8));
        identity = answer(peer);
        return peer;
    }

    private JsonObject answer(Peer peer) throws IOException {
        String line = peer.output().readLine();
        if (line == null) {
            throw new IOException(name + " has ended");
        }
        return JsonParser.parseString(line).getAsJsonObject();
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers.values()) {
            peer.input().close();
            peer.process().destroy();
        }
    }
}
