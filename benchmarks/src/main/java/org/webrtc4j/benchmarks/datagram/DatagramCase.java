package org.webrtc4j.benchmarks.datagram;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.webrtc4j.ice.port.NettyEventLoops;

/** One direction on one transport, with all who take part. */
final class DatagramCase implements Closeable {

    static final String OURS = "webrtc4j";
    static final String BARE = "channel";
    static final String NETTY = "netty";
    static final String ICE4J = "ice4j";

    /** Those who are measured, one burst after the other. */
    interface Contestant {
        Cost burst() throws Exception;
    }

    private final String name;
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();
    private final List<Closeable> open = new ArrayList<>();

    private DatagramCase(String name) {
        this.name = name;
    }

    /** The cases that this machine has; one at a time is made, so that the others' threads are not there. */
    static List<Plan> plans() {
        List<Plan> plans = new ArrayList<>(
                List.of(() -> sending("sent, NIO", Way.NIO), () -> receiving("received, NIO", Way.NIO, false)));
        if (NettyEventLoops.epollAvailable()) {
            plans.add(() -> sending("sent, native", Way.NATIVE));
            plans.add(() -> sending("sent, native, offload", Way.OFFLOAD));
            plans.add(() -> receiving("received, native, shared port", Way.NATIVE, true));
            plans.add(() -> receiving("received, native, own port", Way.NATIVE, false));
            plans.add(() -> receiving("received, native, offload", Way.OFFLOAD, false));
        } else {
            System.out.println("The native transport is not here; left out");
        }
        return plans;
    }

    /** Makes a case. */
    interface Plan {
        DatagramCase open() throws Exception;
    }

    /** Packets to two addresses in turn, which cannot be one segmented send, or to one. */
    private static DatagramCase sending(String name, Way way) throws Exception {
        DatagramCase made = new DatagramCase(name);
        List<BareChannel> sinks = new ArrayList<>();
        List<InetSocketAddress> targets = new ArrayList<>();
        for (int i = 0; i < (way.isOffload() ? 1 : 2); i++) {
            BareChannel sink = made.opened(new BareChannel());
            sinks.add(sink);
            targets.add(sink.address());
        }
        made.addSender(OURS, new OurPort(way, false), sinks, targets);
        made.addSender(NETTY, new NettyAlone(way), sinks, targets);
        made.addSender(BARE, new BareChannel(), sinks, targets);
        if (way == Way.NIO) {
            made.addSender(ICE4J, new Ice4jSocket(), sinks, targets);
        }
        return made;
    }

    private void addSender(String who, BurstSender sender, List<BareChannel> sinks, List<InetSocketAddress> targets) {
        opened(sender);
        contestants.put(who, () -> {
            Cost cost = sender.send(targets);
            int arrived = 0;
            for (BareChannel sink : sinks) {
                arrived += sink.drain();
            }
            if (arrived != Burst.PACKETS) {
                throw new IllegalStateException(who + " sent " + Burst.PACKETS + " packets, " + arrived + " came");
            }
            return cost;
        });
    }

    /** Packets of one address; with offload, sent as one segmented send. */
    private static DatagramCase receiving(String name, Way way, boolean shared) throws Exception {
        DatagramCase made = new DatagramCase(name);
        BurstSender source = made.opened(way.isOffload() ? new NettyAlone(way) : new BareChannel());
        made.addReceiver(OURS, new OurPort(way, shared).expecting(source.address()), source);
        made.addReceiver(NETTY, new NettyAlone(way), source);
        made.addReceiver(BARE, new BareChannel(), source);
        if (way == Way.NIO) {
            made.addReceiver(ICE4J, new Ice4jSocket(), source);
        }
        return made;
    }

    private void addReceiver(String who, BurstReceiver receiver, BurstSender source) {
        opened(receiver);
        List<InetSocketAddress> target = List.of(receiver.address());
        contestants.put(who, () -> receiver.receive(() -> source.send(target)));
    }

    private <T extends Closeable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    String name() {
        return name;
    }

    Map<String, Contestant> contestants() {
        return contestants;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }
}
