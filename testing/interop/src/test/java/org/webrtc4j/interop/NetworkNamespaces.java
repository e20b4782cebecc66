package org.webrtc4j.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Linux network namespaces of one test, joined by virtual cables, gone with it. Needs root, iproute2 and nftables. */
final class NetworkNamespaces implements AutoCloseable {

    private final String prefix = "w4j" + ProcessHandle.current().pid() + "-";
    private final Deque<String> names = new ArrayDeque<>();
    private int cables;

    /** Tells whether this machine lets us make namespaces; tries it out. */
    static boolean available() {
        try (NetworkNamespaces probe = new NetworkNamespaces()) {
            probe.add("probe");
            probe.run("probe", "nft", "list", "ruleset");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void add(String name) throws IOException {
        execute(List.of("ip", "netns", "add", prefix + name));
        names.push(name);
        run(name, "ip", "link", "set", "lo", "up");
    }

    /** Joins two namespaces by a cable with an address at each end; an empty name is this process's own namespace. */
    void cable(String one, String oneAddress, String other, String otherAddress) throws IOException {
        int number = cables++;
        String oneEnd = "w4j" + ProcessHandle.current().pid() % 100_000 + "a" + number;
        String otherEnd = "w4j" + ProcessHandle.current().pid() % 100_000 + "b" + number;
        execute(List.of("ip", "link", "add", oneEnd, "type", "veth", "peer", "name", otherEnd));
        plug(one, oneEnd, oneAddress);
        plug(other, otherEnd, otherAddress);
    }

    private void plug(String name, String end, String address) throws IOException {
        if (!name.isEmpty()) {
            execute(List.of("ip", "link", "set", end, "netns", prefix + name));
        }
        run(name, "ip", "address", "add", address + "/24", "dev", end);
        run(name, "ip", "link", "set", end, "up");
    }

    /** Runs a command in a namespace to its end. */
    void run(String name, String... command) throws IOException {
        execute(inside(name, List.of(command)));
    }

    /** The command line that runs a command in a namespace. */
    List<String> inside(String name, List<String> command) {
        List<String> line = new ArrayList<>();
        if (!name.isEmpty()) {
            line.addAll(List.of("ip", "netns", "exec", prefix + name));
        }
        line.addAll(command);
        return line;
    }

    @Override
    public void close() {
        for (String name : names) {
            try {
                execute(List.of("ip", "netns", "delete", prefix + name));
            } catch (IOException e) {
                System.err.println("A namespace stays behind: " + e.getMessage());
            }
        }
    }

    private static void execute(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
