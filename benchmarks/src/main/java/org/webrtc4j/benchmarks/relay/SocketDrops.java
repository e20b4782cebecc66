package org.webrtc4j.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Datagrams that the kernel has dropped because the buffer of a process's socket was full, as Linux tells it. */
final class SocketDrops {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final List<String> TABLES = List.of("net/udp", "net/udp6");
    private static final int INODE = 9;

    private SocketDrops() {}

    /** Of all UDP sockets that the process has open; 0 where the system does not tell. */
    static long of(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            Set<String> sockets = sockets(folder.resolve("fd"));
            long drops = 0;
            for (String table : TABLES) {
                for (String line : Files.readAllLines(folder.resolve(table))) {
                    String[] words = SPACES.split(line.strip(), -1);
                    if (words.length > INODE && sockets.contains(words[INODE])) {
                        drops += Long.parseLong(words[words.length - 1]);
                    }
                }
            }
            return drops;
        } catch (IOException | NumberFormatException notLinux) {
            return 0;
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path each : all.toList()) {
                try {
                    Matcher socket = SOCKET.matcher(Files.readSymbolicLink(each).toString());
                    if (socket.matches()) {
                        inodes.add(socket.group(1));
                    }
                } catch (IOException closedMeanwhile) {
                    // Then it is none of those that are asked for.
                }
            }
        }
        return inodes;
    }
}
