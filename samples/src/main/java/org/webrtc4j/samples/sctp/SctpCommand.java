package org.webrtc4j.samples.sctp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.samples.Command;
import org.webrtc4j.samples.LogSettings;

/** {@code sctp '<json>'}: one SCTP association over UDP, each datagram one SCTP packet (the form of RFC 6951). */
public final class SctpCommand implements Command {

    /** How many lines may wait for the loop before reading waits, too. */
    private static final int MAX_WAITING_LINES = 256;

    /** Creates the command. */
    public SctpCommand() {}

    @Override
    public String usage() {
        return "sctp '<json>'      one SCTP association over UDP, JSON lines on standard input and output";
    }

    @Override
    public int run(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: " + usage());
            return 2;
        }
        LogSettings.warningsOnly();
        return run(arguments[0], System.in, System.out);
    }

    /** Runs with other streams than the system's, to the end of the input. */
    static int run(String json, InputStream input, PrintStream output) throws IOException, InterruptedException {
        Events events = new Events(output);
        SctpConfig config;
        try {
            config = SctpConfig.parse(json);
        } catch (IllegalArgumentException e) {
            events.error(String.valueOf(e.getMessage()));
            return 2;
        }
        try (NettyEventLoops loops = NettyEventLoops.create(1, config.nio ? Transport.NIO : Transport.AUTO)) {
            EventLoop loop = loops.next();
            SctpPeer peer = new SctpPeer(config, loop, events);
            try {
                peer.open(loops).get();
            } catch (ExecutionException e) {
                events.error("local cannot be bound: " + e.getMessage());
                return 2;
            }
            obey(new Commands(peer, events), loop, input);
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            loop.execute(() -> {
                peer.close();
                closed.complete(true);
            });
            closed.join();
        }
        return 0;
    }

    /** Reads until the input ends or says quit. Each line is a turn of its own, so that packets do not depend on timing. */
    private static void obey(Commands commands, EventLoop loop, InputStream input)
            throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        Semaphore room = new Semaphore(MAX_WAITING_LINES);
        for (String line = lines.readLine(); line != null && !Commands.isQuit(line); line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            String command = line;
            room.acquire();
            loop.execute(() -> {
                room.release();
                commands.obey(command);
            });
        }
    }
}
