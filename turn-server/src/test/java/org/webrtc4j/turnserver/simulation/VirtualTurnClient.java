package org.webrtc4j.turnserver.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.turn.TurnClient;
import org.webrtc4j.ice.turn.TurnDrop;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualSocket;

/** A TURN client on a socket of a simulated host, and what it told. */
public final class VirtualTurnClient implements TurnClient.Sink {

    private final VirtualLoop loop;
    private final InetSocketAddress server;
    private final VirtualSocket socket;
    private final TurnClient client;
    private final LoopTimer timer;
    private final List<InetSocketAddress> relayed = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<Integer> sentTypes = new ArrayList<>();
    private @Nullable InetSocketAddress mapped;
    private @Nullable InetSocketAddress redirect;
    private int failure;
    private String reason = "";

    public VirtualTurnClient(
            Simulation simulation, VirtualHost host, InetSocketAddress server, String username, String password) {
        this.server = server;
        loop = simulation.newLoop(host + " turn client");
        client = new TurnClient(simulation.newRandom(host + " " + username), username, password, false, this);
        timer = loop.newTimer(() -> {
            client.handleTimeout(loop.clock().nanoTime());
            arm();
        });
        socket = host.bind(0, loop, (from, packet, now) -> {
            if (from.equals(server)) {
                client.handlePacket(packet, now);
                arm();
            }
        });
    }

    private void arm() {
        timer.arm(client.nextTimeout());
    }

    public void allocate() {
        loop.run(() -> {
            client.allocate(loop.clock().nanoTime());
            arm();
        });
    }

    public void send(InetSocketAddress peer, String text) {
        loop.run(() -> {
            client.send(
                    peer, ByteBuffer.wrap(text.getBytes(UTF_8)), loop.clock().nanoTime());
            arm();
        });
    }

    public void close() {
        loop.run(() -> {
            client.close(loop.clock().nanoTime());
            arm();
            socket.close();
        });
    }

    public boolean isAllocated() {
        return loop.call(client::isAllocated);
    }

    public InetSocketAddress relayed() {
        return relayed.get(0);
    }

    public List<InetSocketAddress> allRelayed() {
        return relayed;
    }

    public @Nullable InetSocketAddress mapped() {
        return mapped;
    }

    public List<String> received() {
        return received;
    }

    /** The first two bytes of every message sent: a STUN type, or a channel number. */
    public List<Integer> sentTypes() {
        return sentTypes;
    }

    public int failure() {
        return failure;
    }

    public String reason() {
        return reason;
    }

    public @Nullable InetSocketAddress redirect() {
        return redirect;
    }

    public Map<TurnDrop, Long> drops() {
        return loop.call(client::drops);
    }

    @Override
    public void transmit(ByteBuffer message) {
        sentTypes.add(message.getShort(message.position()) & 0xffff);
        socket.send(server, message);
    }

    @Override
    public void onAllocated(InetSocketAddress address, InetSocketAddress seen) {
        relayed.add(address);
        mapped = seen;
    }

    @Override
    public void onData(InetSocketAddress peer, ByteBuffer data) {
        received.add(UTF_8.decode(data).toString());
    }

    @Override
    public void onRedirected(InetSocketAddress other, @Nullable String domain) {
        redirect = other;
    }

    @Override
    public void onFailed(int code, String why) {
        failure = code;
        reason = why;
    }
}
