package org.webrtc4j.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.webrtc4j.benchmarks.datagram.DatagramCommand;
import org.webrtc4j.benchmarks.forward.ForwardCommand;
import org.webrtc4j.benchmarks.goodput.GoodputCommand;
import org.webrtc4j.benchmarks.ice.IceCommand;
import org.webrtc4j.benchmarks.records.RecordsCommand;
import org.webrtc4j.benchmarks.relay.RelayCommand;
import org.webrtc4j.benchmarks.sctp.SctpCommand;
import org.webrtc4j.benchmarks.soak.SoakCommand;
import org.webrtc4j.benchmarks.srtp.SrtpCommand;
import org.webrtc4j.benchmarks.usrsctp.UsrsctpCommand;
import org.webrtc4j.benchmarks.voice.VoiceCalls;

/** The entry of the harness: a command for each benchmark, or {@code jmh} with JMH's own arguments. */
public final class Benchmarks {

    private static final String USAGE = """
            usage: ./bench COMMAND
              datachannel [SECONDS [ROUNDS]]   goodput, CPU and allocation of one data channel, in memory and over loopback
              connect [CONNECTIONS [WARM-UP]]  time to connect over loopback, after as many connections of each stack as WARM-UP says
              datagram [ROUNDS]                what a datagram costs through our port, beside a bare channel, Netty alone and ice4j
              forward [SECONDS]                packets a forwarding server sends for each second of CPU, in memory and over loopback
              goodput [MBITS [QUEUE]]          SCTP in virtual time by round trip, loss, message size and congestion control
              ice [STORM [SESSIONS]]           ICE sessions on one UDP port: many connecting at once, beside ice4j, and many held
              records [ROUNDS]                 what a DTLS record costs, beside Bouncy Castle's own
              relay [SECONDS [ROUNDS [SIZE]]]  a data channel of each stack through delay and loss, by a relay between the processes
              sctp [SECONDS]                   what SCTP alone costs, both sides in memory on one thread
              soak [MINUTES]                   one data channel at full rate both ways: memory, threads and rate, and whether they drift
              srtp [ROUNDS]                    what SRTP costs a packet, beside jitsi-srtp and libsrtp
              usrsctp [SECONDS [ROUNDS]]       SCTP alone over UDP, ours and usrsctp sending to each other and to themselves
              voice [CALLS [SECONDS]]          voice calls with Opus both ways at a server that has one core
              jmh [ARGUMENTS]                  JMH benchmarks; jmh -l lists them
            """;

    private Benchmarks() {}

    /**
     * Runs a benchmark.
     *
     * @param arguments the benchmark's name, then its own arguments
     * @throws Exception when a peer fails
     */
    public static void main(String[] arguments) throws Exception {
        String command = arguments.length == 0 ? "" : arguments[0];
        switch (command) {
            case "datachannel" -> dataChannel(number(arguments, 1, 10), number(arguments, 2, 3));
            case "connect" -> timeToConnect(number(arguments, 1, 200), number(arguments, 2, 2_500));
            case "datagram" -> {
                Machine.print();
                DatagramCommand.run(number(arguments, 1, 30), Path.of("target"));
            }
            case "forward" -> {
                Machine.print();
                ForwardCommand.run(number(arguments, 1, 3), Path.of("target"));
            }
            case "goodput" -> {
                double queue = arguments.length < 3 ? 1 : Double.parseDouble(arguments[2]);
                if (!GoodputCommand.run(number(arguments, 1, 1_000), queue, Path.of("target"))) {
                    System.exit(1);
                }
            }
            case "ice" -> {
                Machine.print();
                IceCommand.run(number(arguments, 1, 2_000), number(arguments, 2, 10_000));
            }
            case "records" -> {
                Machine.print();
                RecordsCommand.run(number(arguments, 1, 3));
            }
            case "sctp" -> {
                Machine.print();
                SctpCommand.run(number(arguments, 1, 5));
            }
            case "srtp" -> {
                Machine.print();
                SrtpCommand.run(number(arguments, 1, 30), Path.of("target"));
            }
            case "relay" -> {
                Machine.print();
                RelayCommand.run(
                        number(arguments, 1, 20),
                        number(arguments, 2, 3),
                        number(arguments, 3, 16_384),
                        Path.of("target"));
            }
            case "soak" -> {
                Machine.print();
                if (!SoakCommand.run(number(arguments, 1, 30), Path.of("target"))) {
                    System.exit(1);
                }
            }
            case "usrsctp" -> {
                Machine.print();
                UsrsctpCommand.run(number(arguments, 1, 10), number(arguments, 2, 3), Path.of("target"));
            }
            case "voice" -> {
                Machine.print();
                VoiceCalls.run(number(arguments, 1, 30), number(arguments, 2, 10));
            }
            case "jmh" -> org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private static void dataChannel(int seconds, int rounds) throws Exception {
        Machine.print();
        for (int size : new int[] {16_384, 65_536}) {
            InMemoryDataChannel.run(size, seconds);
        }
        List<Stack> others = Stack.others();
        for (int size : new int[] {16_384, 65_536}) {
            new ThroughputOverLoopback(Stack.ours(), others, seconds, rounds).run(size);
        }
    }

    private static void timeToConnect(int connections, int warmUp) throws Exception {
        Machine.print();
        List<Stack> stacks = new ArrayList<>(Stack.ours());
        stacks.addAll(Stack.others());
        new TimeToConnect(stacks, connections, warmUp).run();
    }

    private static int number(String[] arguments, int index, int absent) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : absent;
    }
}
