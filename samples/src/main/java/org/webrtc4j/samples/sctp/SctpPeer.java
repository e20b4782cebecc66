package org.webrtc4j.samples.sctp;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.PortProvider;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/**
 * The association, its socket and its timer on one loop: all that an engine needs from its surroundings.
 *
 * <p>A turn is: what has come in, the end of the batch, the events and what they cause, the packets flushed, the timer armed.
 */
final class SctpPeer implements SctpSink, PortOwner {

    private final SctpConfig config;
    private final EventLoop loop;
    private final Events events;
    private final SctpAssociation association;
    private final LoopTimer timer;
    private final Queue<SctpEvent> queued = new ArrayDeque<>();
    /** Messages to send back for which there was no room yet; their bytes still count in the window. */
    private final Queue<SctpEvent.Message> echoes = new ArrayDeque<>();

    private final Queue<Bulk> bulks = new ArrayDeque<>();
    private final Traffic traffic = new Traffic();
    private @Nullable PacketPort port;
    private @Nullable PortProvider ports;
    private @Nullable InetSocketAddress remote;
    private boolean over;
    private long now;

    /** Every message is sent back. */
    boolean echo;
    /** Messages are counted without a line for each. */
    boolean sink;

    SctpPeer(SctpConfig config, EventLoop loop, Events events) {
        this.config = config;
        this.loop = loop;
        this.events = events;
        remote = config.remote;
        association = new SctpAssociation(config.options, this, random(config.options));
        timer = loop.newTimer(() -> turn(association::handleTimeout));
    }

    /** Where a tag or a TSN is given nothing else is left to chance either. */
    private static RandomGenerator random(SctpOptions options) {
        boolean repeatable =
                options.initialTsn() != SctpOptions.RANDOM || options.verificationTag() != SctpOptions.RANDOM;
        return repeatable ? new Random(options.initialTsn() * 31 + options.verificationTag()) : new SecureRandom();
    }

    /** Binds the socket and says ready; called once, from any thread. */
    CompletableFuture<Boolean> open(NettyEventLoops loops) {
        CompletableFuture<Boolean> opened = new CompletableFuture<>();
        NettyPorts.Builder builder;
        try {
            builder = NettyPorts.builder(loops).bind(config.local.getAddress());
        } catch (IllegalArgumentException e) {
            opened.completeExceptionally(e);
            return opened;
        }
        if (config.local.getPort() != 0) {
            builder.dedicatedRange(config.local.getPort(), config.local.getPort());
        }
        NettyPorts made = builder.build();
        ports = made;
        loop.execute(() -> made.open(loop, this, true, list -> {
            if (list.isEmpty()) {
                opened.completeExceptionally(new IllegalStateException("local cannot be bound"));
                return;
            }
            PacketPort bound = list.get(0).port();
            port = bound;
            JsonObject ready = Events.event("ready");
            ready.addProperty("impl", "webrtc4j");
            String version = SctpPeer.class.getPackage().getImplementationVersion();
            ready.addProperty("version", version == null ? "unpackaged" : version);
            ready.addProperty(
                    "local",
                    bound.local().getAddress().getHostAddress() + ":"
                            + bound.local().getPort());
            events.say(ready);
            opened.complete(true);
        }));
        return opened;
    }

    /** Ends the association, when there is one, and gives the socket up. */
    void close() {
        if (hasAssociation()) {
            turn(association::abort);
        }
        timer.cancel();
        if (port != null) {
            port.close();
        }
        if (ports != null) {
            ports.close();
        }
    }

    boolean hasAssociation() {
        return !over && association.state() != SctpState.CLOSED;
    }

    boolean isOver() {
        return over;
    }

    boolean knowsRemote() {
        return remote != null;
    }

    SctpState state() {
        return association.state();
    }

    /** Does something to the association and sees it through. */
    void turn(LongConsumer action) {
        now = loop.clock().nanoTime();
        action.accept(now);
        settle();
    }

    void connect() {
        turn(association::connect);
    }

    void shutdown() {
        turn(association::shutdown);
    }

    void abort() {
        turn(association::abort);
    }

    void reset(int[] streams) {
        turn(time -> association.resetStreams(streams, time));
    }

    SendStatus send(int stream, int ppid, byte[] payload, SendOptions options) {
        SendStatus[] status = {SendStatus.CLOSED};
        turn(time -> {
            status[0] = association.send(stream, ppid, payload, options, time);
            if (status[0] == SendStatus.QUEUED) {
                traffic.sent(payload.length);
            }
        });
        return status[0];
    }

    void bulk(int stream, int ppid, SendOptions options, byte[] message, long total) {
        turn(time -> {
            bulks.add(new Bulk(stream, ppid, options, message, total, time));
            proceed();
        });
    }

    void stats() {
        events.stats(association.stats(), traffic);
    }

    @Override
    public void transmit(ByteBuffer packet) {
        InetSocketAddress to = remote;
        if (to != null && port != null) {
            port.append(to, packet);
        }
    }

    @Override
    public void onEvent(SctpEvent event) {
        queued.add(event);
    }

    @Override
    public void onPacket(PacketPort at, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        if (!from.equals(remote)) {
            if (!config.listen || association.state() != SctpState.CLOSED) {
                return; // a stranger
            }
            // What the one before is owed leaves before the answer to the next.
            association.handleBatchEnd(arrivalNanos);
            remote = from;
        }
        association.handlePacket(packet, arrivalNanos);
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        now = nowNanos;
        settle();
    }

    @Override
    public void onWritabilityChanged(PacketPort at, boolean writable) {
        // SCTP's windows keep what is in the socket small.
    }

    private void settle() {
        do {
            association.handleBatchEnd(now);
            for (SctpEvent event = queued.poll(); event != null; event = queued.poll()) {
                handle(event);
            }
        } while (proceed() || !queued.isEmpty());
        association.handleBatchEnd(now);
        if (port != null) {
            port.flush();
        }
        timer.arm(association.nextTimeout());
    }

    private void handle(SctpEvent event) {
        if (event instanceof SctpEvent.Message message) {
            onMessage(message);
        } else if (event instanceof SctpEvent.Connected connected) {
            events.connected(connected);
        } else if (event instanceof SctpEvent.BufferedAmountLow low) {
            if (bulks.stream().noneMatch(bulk -> bulk.stream == low.streamId())) {
                events.lowBuffer(low.streamId());
            }
        } else if (event instanceof SctpEvent.StreamsReset reset) {
            events.reset(reset);
        } else if (event instanceof SctpEvent.Abandoned abandoned) {
            events.abandoned(abandoned);
        } else if (event instanceof SctpEvent.Restarted) {
            events.say(Events.event("restarted"));
        } else if (event instanceof SctpEvent.Closed closed) {
            over = true;
            bulks.clear();
            echoes.clear();
            events.closed(closed.cause());
        }
    }

    private void onMessage(SctpEvent.Message message) {
        traffic.received(message.payload().length, now);
        if (!sink) {
            events.message(message);
        }
        if (echo) {
            echoes.add(message);
        } else {
            association.consumed(message.streamId(), message.payload().length, now);
        }
    }

    /** Sends back and sends on as far as there is room; tells whether anything was sent. */
    private boolean proceed() {
        boolean something = false;
        while (!echoes.isEmpty() && sendBack(echoes.peek())) {
            echoes.remove();
            something = true;
        }
        for (Iterator<Bulk> all = bulks.iterator(); all.hasNext(); ) {
            Bulk bulk = all.next();
            long before = traffic.sentMessages;
            if (bulk.proceed(association, traffic, now)) {
                all.remove();
                events.say(bulk.done(now));
            }
            something |= traffic.sentMessages > before;
        }
        return something;
    }

    private boolean sendBack(SctpEvent.Message message) {
        byte[] payload = message.payload();
        SendOptions options = message.unordered() ? SendOptions.UNORDERED : SendOptions.ORDERED;
        SendStatus status = association.send(message.streamId(), message.ppid(), payload, options, now);
        if (status == SendStatus.BUFFER_FULL) {
            return false;
        }
        if (status == SendStatus.QUEUED) {
            traffic.sent(payload.length);
        } else {
            events.error("echo: " + Commands.reason(status));
        }
        association.consumed(message.streamId(), payload.length, now);
        return true;
    }
}
