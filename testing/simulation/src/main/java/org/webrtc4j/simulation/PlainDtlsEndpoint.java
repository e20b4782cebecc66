package org.webrtc4j.simulation;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsFailure;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.DtlsStats;
import org.webrtc4j.dtls.DtlsVersion;

/**
 * A DTLS endpoint for simulations: everything but the cryptography. It keeps the contract of the real one in virtual time,
 * as a pure engine: four flights, resent at {@link DtlsConfig#firstResendNanos} and then at doubled intervals; certificates
 * exchanged and compared with the fingerprints; equal keying material on both sides; records checked, so that damaged,
 * repeated and strange ones are dropped and counted; close_notify.
 */
final class PlainDtlsEndpoint implements DtlsEndpoint {

    /** How many datagrams are kept before {@link #start}: {@value}; further ones are dropped and counted. */
    static final int MAX_EARLY_DATAGRAMS = 16;

    /** How much data is held while the remote fingerprints are not known: {@value} datagrams, further ones are dropped. */
    static final int MAX_HELD_DATAGRAMS = 16;

    /** The longest interval between two sendings of a flight: 1.6 s, five doublings. */
    static final long MAX_RESEND_NANOS = 1_600_000_000L;

    private static final int CLOSE_NOTIFY = 0;
    private static final int BAD_CERTIFICATE = 42;
    private static final int WARNING = 1;
    private static final int FATAL = 2;

    private enum State {
        NEW,
        HANDSHAKE,
        /** The handshake is over; the remote fingerprints are not known yet. */
        UNVERIFIED,
        CONNECTED,
        ENDED
    }

    private enum Timer {
        RESEND,
        HANDSHAKE
    }

    private final DtlsConfig config;
    private final RandomGenerator random;
    private final DtlsSink sink;
    private final TimerTable<Timer> timers = new TimerTable<>(Timer.class);
    private final ArrayDeque<ByteBuffer> early = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();
    private final PlainRecord record = new PlainRecord();
    private final PlainReplayWindow replay = new PlainReplayWindow();
    private final Map<String, Long> drops = new HashMap<>();
    private final long[] nextSequence = new long[2];
    private State state = State.NEW;
    private long resendNanos;
    private @Nullable PlainHandshake handshake;
    private List<CertificateFingerprint> fingerprints = List.of();
    private long sent;
    private long received;

    PlainDtlsEndpoint(DtlsConfig config, RandomGenerator random, DtlsSink sink) {
        this.config = config;
        this.random = random;
        this.sink = sink;
    }

    @Override
    public void start(DtlsRole role, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (state != State.NEW) {
            throw new IllegalStateException("Started twice");
        }
        state = State.HANDSHAKE;
        handshake = new PlainHandshake(config, random, role);
        timers.start(Timer.HANDSHAKE, nowNanos + config.handshakeTimeoutNanos());
        if (role == DtlsRole.CLIENT) {
            sendFlight(handshake, nowNanos);
        }
        for (ByteBuffer datagram = early.poll(); datagram != null; datagram = early.poll()) {
            takeRecord(datagram, nowNanos);
        }
        assert consistent();
    }

    @Override
    public void setRemoteFingerprints(List<CertificateFingerprint> newFingerprints) {
        if (newFingerprints.isEmpty()) {
            throw new IllegalArgumentException("No fingerprints");
        }
        fingerprints = List.copyOf(newFingerprints);
        if (state != State.ENDED && handshake != null && verifyPeer(handshake) && state == State.UNVERIFIED) {
            becomeConnected(handshake);
        }
        assert consistent();
    }

    @Override
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        received++;
        if (state == State.NEW) {
            keep(early, MAX_EARLY_DATAGRAMS, packet, "early overflow");
        } else {
            takeRecord(packet, nowNanos);
        }
        assert consistent();
    }

    @Override
    public void handleTimeout(long nowNanos) {
        if (timers.expire(Timer.HANDSHAKE, nowNanos)) {
            fail(DtlsFailure.Reason.TIMEOUT, "The handshake did not end in time", OptionalInt.empty());
        } else if (handshake != null && timers.expire(Timer.RESEND, nowNanos)) {
            resendNanos = Math.min(2 * resendNanos, MAX_RESEND_NANOS);
            emitFlight(handshake);
            timers.start(Timer.RESEND, nowNanos + resendNanos);
        }
        assert consistent();
    }

    @Override
    public long nextTimeout() {
        return timers.nextTimeout();
    }

    @Override
    public boolean sendApplicationData(ByteBuffer data, long nowNanos) {
        if (state != State.CONNECTED || handshake == null) {
            return false;
        }
        emit(PlainRecord.APPLICATION_DATA, 1, handshake.key(), data);
        return true;
    }

    @Override
    public void close(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (handshake != null && handshake.hasKey()) {
            emitAlert(handshake, WARNING, CLOSE_NOTIFY);
        }
        end(new DtlsEvent.Closed());
        assert consistent();
    }

    @Override
    public DtlsStats stats() {
        return new DtlsStats(sent, received, drops);
    }

    private void takeRecord(ByteBuffer datagram, long nowNanos) {
        if (state == State.ENDED || handshake == null) {
            drop("after the end");
        } else if (!record.read(datagram)) {
            drop("malformed");
        } else if (record.epoch() == 0 && record.isIntact(0)) {
            takePlaintext(handshake, nowNanos);
        } else if (record.epoch() == 1 && handshake.hasKey() && record.isIntact(handshake.key())) {
            takeProtected(handshake);
        } else {
            drop(record.epoch() == 1 && !handshake.hasKey() ? "before keys" : "damaged");
        }
    }

    private void takePlaintext(PlainHandshake flights, long nowNanos) {
        if (record.type() != PlainRecord.HANDSHAKE) {
            // Anybody could have sent it: an alert without protection is not obeyed.
            drop("unprotected");
            return;
        }
        switch (flights.take(record.payload())) {
            case WAITING -> {}
            case ADVANCED -> advance(flights, nowNanos);
            case MALFORMED -> drop("malformed flight");
            case REPEATED -> {
                if (flights.asksForLastFlight(record.payload())) {
                    emitFlight(flights);
                }
                drop("repeated flight");
            }
        }
    }

    private void advance(PlainHandshake flights, long nowNanos) {
        if (!verifyPeer(flights)) {
            return;
        }
        if (!flights.isOver()) {
            sendFlight(flights, nowNanos);
            return;
        }
        if (flights.endsWithOwnFlight()) {
            emitFlight(flights);
        }
        timers.stopAll();
        state = State.UNVERIFIED;
        if (!fingerprints.isEmpty()) {
            becomeConnected(flights);
        }
    }

    private void takeProtected(PlainHandshake keys) {
        if (!replay.accept(record.sequence())) {
            drop("replayed");
        } else if (record.type() == PlainRecord.ALERT && record.payload().remaining() == 2) {
            takeAlert(keys, record.payload().get(1) & 0xff);
        } else if (record.type() != PlainRecord.APPLICATION_DATA) {
            drop("unexpected type");
        } else if (state == State.CONNECTED) {
            sink.onApplicationData(record.payload());
        } else if (state == State.UNVERIFIED) {
            keep(held, MAX_HELD_DATAGRAMS, record.payload(), "unverified overflow");
        } else {
            drop("before the handshake ended");
        }
    }

    private void takeAlert(PlainHandshake keys, int description) {
        if (description == CLOSE_NOTIFY) {
            emitAlert(keys, WARNING, CLOSE_NOTIFY);
            end(new DtlsEvent.Closed());
        } else {
            end(new DtlsEvent.Failed(new DtlsFailure(
                    DtlsFailure.Reason.PROTOCOL,
                    "The peer ended the association with alert " + description,
                    OptionalInt.empty(),
                    OptionalInt.of(description))));
        }
    }

    private void becomeConnected(PlainHandshake ended) {
        state = State.CONNECTED;
        List<X509Certificate> chain =
                Optional.ofNullable(ended.peerCertificate()).stream().toList();
        sink.onEvent(new DtlsEvent.Connected(ended.keyingMaterial(), chain, "PLAIN", DtlsVersion.DTLS_1_2));
        for (ByteBuffer data = held.poll(); data != null; data = held.poll()) {
            sink.onApplicationData(data);
        }
    }

    /** False, and the end of the association, when the peer's certificate is known and not the one described. */
    private boolean verifyPeer(PlainHandshake flights) {
        X509Certificate certificate = flights.peerCertificate();
        if (certificate == null
                || fingerprints.isEmpty()
                || CertificateFingerprint.anyMatches(fingerprints, certificate)) {
            return true;
        }
        emitAlert(flights, FATAL, BAD_CERTIFICATE);
        fail(
                DtlsFailure.Reason.FINGERPRINT_MISMATCH,
                "The peer's certificate matches no fingerprint of its description",
                OptionalInt.of(BAD_CERTIFICATE));
        return false;
    }

    private void fail(DtlsFailure.Reason reason, String message, OptionalInt sentAlert) {
        end(new DtlsEvent.Failed(new DtlsFailure(reason, message, sentAlert, OptionalInt.empty())));
    }

    private void end(DtlsEvent event) {
        state = State.ENDED;
        timers.stopAll();
        early.clear();
        held.clear();
        handshake = null;
        sink.onEvent(event);
    }

    private void sendFlight(PlainHandshake flights, long nowNanos) {
        resendNanos = config.firstResendNanos();
        timers.start(Timer.RESEND, nowNanos + resendNanos);
        emitFlight(flights);
    }

    private void emitFlight(PlainHandshake flights) {
        for (ByteBuffer piece : flights.ownFlight()) {
            emit(PlainRecord.HANDSHAKE, 0, 0, piece);
        }
    }

    private void emitAlert(PlainHandshake keys, int level, int description) {
        emit(PlainRecord.ALERT, 1, keys.key(), ByteBuffer.wrap(new byte[] {(byte) level, (byte) description}));
    }

    private void emit(int type, int epoch, long key, ByteBuffer payload) {
        sent++;
        sink.transmit(PlainRecord.seal(type, epoch, nextSequence[epoch]++, key, payload));
    }

    private void keep(ArrayDeque<ByteBuffer> queue, int limit, ByteBuffer bytes, String overflow) {
        if (queue.size() == limit) {
            drop(overflow);
            return;
        }
        queue.add(ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip());
    }

    private void drop(String reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    private boolean consistent() {
        boolean handshaking = state == State.HANDSHAKE;
        return timers.isRunning(Timer.HANDSHAKE) == handshaking
                && (!timers.isRunning(Timer.RESEND) || handshaking)
                && (early.isEmpty() || state == State.NEW)
                && (held.isEmpty() || state == State.UNVERIFIED)
                && (state != State.CONNECTED || !fingerprints.isEmpty())
                && (handshake == null) == (state == State.NEW || state == State.ENDED);
    }
}
