package org.webrtc4j.dtls.bouncycastle;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsFailure.Reason;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.DtlsStats;
import org.webrtc4j.dtls.guard.DropReason;
import org.webrtc4j.dtls.guard.HandshakeGuard;
import org.webrtc4j.dtls.guard.RecordWalker;
import org.webrtc4j.dtls.record.ProtectedRecords;

/**
 * An endpoint on Bouncy Castle. All of its state belongs to the loop; a worker has the library while it shakes hands and
 * gives it back with its result.
 *
 * <pre>
 * NEW -- start: client --------------------------> HANDSHAKE -- done --> CONNECTED
 *  |                                                ^    |                  ^
 *  +---- start: server --> AWAITING_HELLO -- hello -+    +-- done --> HOLDING: the fingerprints are not known yet
 *
 * any of them -- failure, close, close_notify --> ENDED
 * </pre>
 */
final class BouncyCastleEndpoint implements DtlsEndpoint, HandshakeTask.Listener, LoopAssociation.Listener {

    private enum State {
        NEW,
        AWAITING_HELLO,
        HANDSHAKE,
        HOLDING,
        CONNECTED,
        ENDED
    }

    /** How many datagrams are kept before the start and how many messages while fingerprints are unknown. */
    static final int MAX_KEPT = 16;

    private static final int CLIENT_HELLO = 1;

    private final DtlsConfig config;
    private final EventLoop loop;
    private final DtlsSink sink;
    private final BouncyCastleDtls factory;
    private final RemoteFingerprints fingerprints = new RemoteFingerprints();
    private final Negotiation negotiation;
    private final DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
    private final RecordWalker walker = new RecordWalker();
    private final Deque<byte[]> kept = new ArrayDeque<>();

    private State state = State.NEW;
    private DtlsRole role = DtlsRole.CLIENT;
    private long deadlineNanos = ProtocolEngine.NEVER;
    private @Nullable HandshakeGuard guard;
    private @Nullable HandshakeTask task;
    private @Nullable LoopAssociation association;
    private long datagramsSent;
    private long datagramsReceived;

    BouncyCastleEndpoint(DtlsConfig config, EventLoop loop, DtlsSink sink, BouncyCastleDtls factory) {
        this.config = config;
        this.loop = loop;
        this.sink = sink;
        this.factory = factory;
        this.negotiation = new Negotiation(config, fingerprints);
    }

    @Override
    public void start(DtlsRole ours, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (state != State.NEW) {
            throw new IllegalStateException("The handshake was started before");
        }
        role = ours;
        deadlineNanos = nowNanos + config.handshakeTimeoutNanos();
        guard = new HandshakeGuard(role, drops);
        state = State.AWAITING_HELLO;
        if (role == DtlsRole.CLIENT) {
            beginHandshake();
        }
        for (byte[] datagram = kept.pollFirst(); datagram != null; datagram = kept.pollFirst()) {
            take(ByteBuffer.wrap(datagram));
        }
    }

    private void beginHandshake() {
        HandshakeTask begun = factory.newTask(role, negotiation, loop, this);
        if (!factory.workers(role).submit(begun)) {
            fail(new DtlsFailure(
                    Reason.OVERLOADED,
                    "Too many handshakes are under way in this process",
                    OptionalInt.empty(),
                    OptionalInt.empty()));
            return;
        }
        task = begun;
        state = State.HANDSHAKE;
    }

    @Override
    public void setRemoteFingerprints(List<CertificateFingerprint> known) {
        if (known.isEmpty()) {
            throw new IllegalArgumentException("A description without a fingerprint authenticates nobody");
        }
        fingerprints.set(known);
        if (state == State.HOLDING) {
            announce();
        }
    }

    @Override
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        datagramsReceived++;
        take(packet);
        assert consistent();
    }

    private void take(ByteBuffer datagram) {
        switch (state) {
            case NEW -> keep(datagram);
            case AWAITING_HELLO -> {
                if (beginsClientHello(datagram)) {
                    beginHandshake();
                    takeInHandshake(datagram);
                } else {
                    drops.count(DropReason.BEFORE_CLIENT_HELLO);
                }
            }
            case HANDSHAKE -> takeInHandshake(datagram);
            case HOLDING, CONNECTED -> takeProtected(datagram);
            case ENDED -> drops.count(DropReason.AFTER_END);
        }
    }

    private void keep(ByteBuffer datagram) {
        if (kept.size() == MAX_KEPT) {
            drops.count(DropReason.HELD_TOO_MUCH);
            return;
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        kept.addLast(copy);
    }

    /** Nothing but a ClientHello, or a fragment of one, takes a worker. */
    private boolean beginsClientHello(ByteBuffer datagram) {
        walker.begin(datagram);
        return walker.next()
                && walker.type() == RecordWalker.HANDSHAKE
                && walker.epoch() == 0
                && walker.fragmentLength() > 0
                && walker.array()[walker.fragmentOffset()] == CLIENT_HELLO;
    }

    private void takeInHandshake(ByteBuffer datagram) {
        HandshakeTask running = task;
        HandshakeGuard filter = guard;
        if (state != State.HANDSHAKE || running == null || filter == null) {
            return;
        }
        // Asked first: what the guard has passed is noted there as received.
        if (running.transport().isFull()) {
            drops.count(DropReason.INBOX_FULL);
            return;
        }
        byte[] records = filter.accept(datagram);
        if (records != null) {
            running.transport().put(records);
        }
    }

    // ---- results of the worker

    @Override
    public void onFlight(List<byte[]> datagrams) {
        if (state != State.HANDSHAKE) {
            return;
        }
        for (byte[] datagram : datagrams) {
            emit(ByteBuffer.wrap(datagram));
            noteOwnChangeCipherSpec(datagram);
        }
    }

    private void noteOwnChangeCipherSpec(byte[] datagram) {
        walker.begin(datagram, 0, datagram.length);
        while (walker.next()) {
            if (walker.type() == RecordWalker.CHANGE_CIPHER_SPEC && guard != null && task != null) {
                byte[] released = guard.ownChangeCipherSpecSent();
                if (released != null) {
                    task.transport().put(released);
                }
            }
        }
    }

    @Override
    public void onHandshakeDone(DTLSTransport library, EpochCipher cipher) {
        HandshakeTask ended = task;
        HandshakeGuard filter = guard;
        if (state != State.HANDSHAKE || ended == null || filter == null) {
            negotiation.discardKeys();
            return;
        }
        ProtectedRecords records = cipher.takeOver();
        LastFlight flight = role == DtlsRole.SERVER ? lastFlight(ended, library, records) : null;
        association = new LoopAssociation(records, flight, this::emit, negotiation, this);
        task = null;
        guard = null;
        deadlineNanos = ProtocolEngine.NEVER;
        state = State.HOLDING;
        List<byte[]> rest = new ArrayList<>(ended.transport().takeRest());
        rest.addAll(filter.takeEarlyRecords());
        if (fingerprints.areKnown()) {
            announce();
        }
        if (!rest.isEmpty() && state != State.ENDED) {
            // In a turn of its own, so that the owner has heard of the connection when its first data comes.
            loop.execute(() -> rest.forEach(waiting -> take(ByteBuffer.wrap(waiting))));
        }
    }

    private LastFlight lastFlight(HandshakeTask ended, DTLSTransport library, ProtectedRecords records) {
        LoopTransport transport = new LoopTransport(config.mtu(), records, this::emit);
        ended.switched().switchTo(transport);
        return new LastFlight(library, transport);
    }

    private void announce() {
        if (association != null && !negotiation.matchesFingerprints()) {
            association.refuse();
            return;
        }
        state = State.CONNECTED;
        sink.onEvent(negotiation.connected());
        if (!kept.isEmpty()) {
            loop.execute(this::deliverKept);
        }
    }

    private void deliverKept() {
        while (state == State.CONNECTED && !kept.isEmpty()) {
            sink.onApplicationData(ByteBuffer.wrap(kept.removeFirst()));
        }
    }

    @Override
    public void onHandshakeFailed(Throwable cause) {
        if (state == State.HANDSHAKE) {
            fail(negotiation.failure(cause));
        }
        negotiation.discardKeys();
    }

    @Override
    public void onShutDown() {
        if (state == State.HANDSHAKE) {
            fail(new DtlsFailure(Reason.INTERNAL, "DTLS was shut down", OptionalInt.empty(), OptionalInt.empty()));
        }
    }

    // ---- after the handshake

    private void takeProtected(ByteBuffer datagram) {
        walker.begin(datagram);
        while (walker.next()) {
            // A record may end the association, and others lie behind it.
            DropReason reason = association == null ? DropReason.AFTER_END : association.take(walker);
            if (reason != null) {
                drops.count(reason);
            }
        }
        DropReason rest = walker.failure();
        if (rest != null) {
            drops.count(rest);
        }
    }

    @Override
    public void onData(ByteBuffer plaintext) {
        if (state == State.CONNECTED && kept.isEmpty()) {
            sink.onApplicationData(plaintext);
        } else {
            keep(plaintext);
        }
    }

    @Override
    public void onClosedByPeer() {
        end(new DtlsEvent.Closed());
    }

    @Override
    public void onDied(DtlsFailure failure) {
        fail(failure);
    }

    @Override
    public boolean sendApplicationData(ByteBuffer data, long nowNanos) {
        int size = data.remaining();
        if (size == 0 || size > ProtectedRecords.MAX_CONTENT_BYTES) {
            throw new IllegalArgumentException(
                    "A record carries 1 to " + ProtectedRecords.MAX_CONTENT_BYTES + " bytes, not " + size);
        }
        return state == State.CONNECTED && association != null && association.send(data);
    }

    // ---- the end

    @Override
    public void handleTimeout(long nowNanos) {
        if (deadlineNanos == ProtocolEngine.NEVER || deadlineNanos - nowNanos > 0) {
            return;
        }
        OptionalInt alert = guard == null ? OptionalInt.empty() : guard.plaintextAlert();
        String message = alert.isPresent()
                ? "The handshake did not end in time; the peer seems to have refused it with alert "
                        + Negotiation.text(alert.getAsInt())
                : "The handshake did not end in time";
        fail(new DtlsFailure(Reason.TIMEOUT, message, OptionalInt.empty(), alert));
        assert consistent();
    }

    @Override
    public long nextTimeout() {
        // Resends are the library's matter, on its worker.
        return deadlineNanos;
    }

    @Override
    public void close(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (association != null) {
            association.close();
        }
        end(new DtlsEvent.Closed());
        assert consistent();
    }

    private void fail(DtlsFailure failure) {
        end(new DtlsEvent.Failed(failure));
    }

    private void end(DtlsEvent event) {
        if (state == State.ENDED) {
            return;
        }
        if (state == State.HOLDING) {
            // Until the worker has given them back they are not ours to touch: its result is met by the same rule.
            negotiation.discardKeys();
        }
        state = State.ENDED;
        deadlineNanos = ProtocolEngine.NEVER;
        kept.clear();
        HandshakeTask running = task;
        if (running != null) {
            running.transport().abort();
            factory.workers(role).withdraw(running);
        }
        task = null;
        guard = null;
        association = null;
        sink.onEvent(event);
    }

    @Override
    public DtlsStats stats() {
        return new DtlsStats(datagramsSent, datagramsReceived, drops.snapshot(DropReason::text));
    }

    private void emit(ByteBuffer datagram) {
        datagramsSent++;
        sink.transmit(datagram);
    }

    private boolean consistent() {
        return (state == State.HANDSHAKE) == (task != null)
                && (association != null) == (state == State.HOLDING || state == State.CONNECTED)
                && (deadlineNanos != ProtocolEngine.NEVER)
                        == (state == State.AWAITING_HELLO || state == State.HANDSHAKE)
                && kept.size() <= MAX_KEPT;
    }
}
