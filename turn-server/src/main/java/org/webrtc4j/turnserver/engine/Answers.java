package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;

/** Writes responses and sends them. */
final class Answers {

    /** SHA-256 and MD5, without parameters, the preferred one first (RFC 8489 section 14.11). */
    static final byte[] ALGORITHMS = {0, Stun.ALGORITHM_SHA256, 0, 0, 0, Stun.ALGORITHM_MD5, 0, 0};

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(Stun.ERROR_TRY_ALTERNATE, "Try Alternate"),
            Map.entry(Stun.ERROR_BAD_REQUEST, "Bad Request"),
            Map.entry(Stun.ERROR_UNAUTHENTICATED, "Unauthenticated"),
            Map.entry(Stun.ERROR_FORBIDDEN, "Forbidden"),
            Map.entry(Stun.ERROR_UNKNOWN_ATTRIBUTE, "Unknown Attribute"),
            Map.entry(Stun.ERROR_ALLOCATION_MISMATCH, "Allocation Mismatch"),
            Map.entry(Stun.ERROR_STALE_NONCE, "Stale Nonce"),
            Map.entry(Stun.ERROR_FAMILY_NOT_SUPPORTED, "Address Family not Supported"),
            Map.entry(Stun.ERROR_WRONG_CREDENTIALS, "Wrong Credentials"),
            Map.entry(Stun.ERROR_TRANSPORT_NOT_SUPPORTED, "Unsupported Transport Protocol"),
            Map.entry(Stun.ERROR_PEER_FAMILY_MISMATCH, "Peer Address Family Mismatch"),
            Map.entry(Stun.ERROR_QUOTA_REACHED, "Allocation Quota Reached"),
            Map.entry(Stun.ERROR_INSUFFICIENT_CAPACITY, "Insufficient Capacity"));

    private static final int SUCCESS = 0x0100;
    private static final int ERROR = 0x0110;

    private final TurnServerEngine.Sink sink;
    private final byte[] realm;
    private final NonceMint nonces;
    private final int strangersPerSecond;
    private final DropCounters<DropReason> drops;
    private final StunWriter writer = new StunWriter();
    private final Map<Integer, Long> errors = new TreeMap<>();
    private long secondBeganNanos;
    private int strangersThisSecond;

    Answers(
            TurnServerEngine.Sink sink,
            TurnServerOptions options,
            NonceMint nonces,
            DropCounters<DropReason> drops,
            long nowNanos) {
        this.sink = sink;
        realm = options.realm().getBytes(UTF_8);
        this.nonces = nonces;
        strangersPerSecond = options.limits().unauthenticatedAnswersPerSecond();
        this.drops = drops;
        secondBeganNanos = nowNanos;
    }

    Map<Integer, Long> errors() {
        return errors;
    }

    /** Tells whether a request that is not authentic may be answered; counts it. */
    boolean mayAnswerStranger(long nowNanos) {
        if (nowNanos - secondBeganNanos >= TimeUnit.SECONDS.toNanos(1)) {
            secondBeganNanos = nowNanos;
            strangersThisSecond = 0;
        }
        if (strangersThisSecond >= strangersPerSecond) {
            drops.count(DropReason.ANSWER_LIMIT);
            return false;
        }
        strangersThisSecond++;
        return true;
    }

    void error(Exchange request, int code) {
        beginError(request, code);
        if (code == Stun.ERROR_UNKNOWN_ATTRIBUTE) {
            writer.unknownAttributes(request.reader);
        }
        end(request);
    }

    void unknown(Exchange request, int attribute) {
        beginError(request, Stun.ERROR_UNKNOWN_ATTRIBUTE).unknownAttribute(attribute);
        end(request);
    }

    /** Answers 401 or 438 with what the next request needs. */
    void challenge(Exchange request, int code) {
        if (mayAnswerStranger(request.nowNanos)) {
            beginError(request, code)
                    .realm(realm)
                    .nonce(nonces.make(request.client, request.nowNanos))
                    .passwordAlgorithms(ALGORITHMS);
            end(request);
        }
    }

    void tryAlternate(Exchange request, InetSocketAddress server) {
        beginError(request, Stun.ERROR_TRY_ALTERNATE).alternateServer(server);
        end(request);
    }

    private StunWriter beginError(Exchange request, int code) {
        errors.merge(code, 1L, Long::sum);
        return begin(request, ERROR)
                .errorCode(code, REASONS.getOrDefault(code, "").getBytes(UTF_8));
    }

    StunWriter success(Exchange request) {
        return begin(request, SUCCESS);
    }

    private StunWriter begin(Exchange request, int messageClass) {
        int type = request.reader.type() | messageClass;
        return writer.begin(type, request.reader.transactionHigh(), request.reader.transactionLow());
    }

    /** Protects the answer as the request was (RFC 8489 section 9.2.4), and sends it. */
    void end(Exchange request) {
        send(
                request.listener,
                request.client,
                request.key,
                request.reader.hasIntegritySha256(),
                request.reader.hasFingerprint());
    }

    /** The success of an Allocate, when the relayed addresses are there or the request came again. */
    void allocated(Allocation allocation) {
        writer.begin(Stun.ALLOCATE_SUCCESS, allocation.transactionHigh, allocation.transactionLow);
        if (allocation.relayedIpv4 != null) {
            writer.xorRelayedAddress(allocation.relayedIpv4);
        }
        if (allocation.relayedIpv6 != null) {
            writer.xorRelayedAddress(allocation.relayedIpv6);
        } else if (allocation.additionalIpv6) {
            int code = Stun.ERROR_FAMILY_NOT_SUPPORTED;
            writer.addressErrorCode(
                    Stun.IPV6, code, REASONS.getOrDefault(code, "").getBytes(UTF_8));
        }
        writer.xorMappedAddress(allocation.client).lifetime(allocation.lifetimeSeconds);
        send(allocation);
    }

    void notAllocated(Allocation allocation, int code) {
        errors.merge(code, 1L, Long::sum);
        writer.begin(Stun.ALLOCATE_ERROR, allocation.transactionHigh, allocation.transactionLow)
                .errorCode(code, REASONS.getOrDefault(code, "").getBytes(UTF_8));
        send(allocation);
    }

    private void send(Allocation to) {
        send(to.listener, to.client, to.key, to.sha256, to.fingerprint);
    }

    private void send(
            int listener, InetSocketAddress client, @Nullable StunKey key, boolean sha256, boolean fingerprint) {
        if (key != null && sha256) {
            writer.integritySha256(key);
        } else if (key != null) {
            writer.integrity(key);
        }
        if (fingerprint) {
            writer.fingerprint();
        }
        sink.transmit(listener, client, writer.finish());
    }
}
