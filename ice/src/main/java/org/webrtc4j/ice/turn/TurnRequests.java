package org.webrtc4j.ice.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunWriter;

/** The requests of a client that are under way: written, sent, repeated. */
final class TurnRequests {

    private final RandomGenerator random;
    private final boolean reliable;
    private final TurnSession session;
    private final StunWriter writer;
    private final TurnClient.Sink sink;
    private final List<TurnTransaction> transactions = new ArrayList<>();
    private Asked asked = Asked.BOTH_FAMILIES;

    /** Which families are asked for: what a server refuses is followed by less. */
    private enum Asked {
        BOTH_FAMILIES,
        IPV4,
        IPV6
    }

    TurnRequests(
            RandomGenerator random, boolean reliable, TurnSession session, StunWriter writer, TurnClient.Sink sink) {
        this.random = random;
        this.reliable = reliable;
        this.session = session;
        this.writer = writer;
        this.sink = sink;
    }

    /** Decides whether another Allocate that asks for less may succeed where one failed. */
    boolean askForLess(int code) {
        boolean additional = asked == Asked.BOTH_FAMILIES
                && (code == Stun.ERROR_BAD_REQUEST || code == Stun.ERROR_UNKNOWN_ATTRIBUTE);
        if (asked == Asked.IPV6 || (code != Stun.ERROR_FAMILY_NOT_SUPPORTED && !additional)) {
            return false;
        }
        asked = asked == Asked.BOTH_FAMILIES ? Asked.IPV4 : Asked.IPV6;
        return true;
    }

    void begin(TurnTransaction transaction, long nowNanos) {
        transactions.add(transaction);
        renew(transaction, nowNanos);
    }

    /** Sends a transaction for the first time, or under a new id after a challenge. */
    void renew(TurnTransaction transaction, long nowNanos) {
        transaction.idHigh = random.nextInt();
        transaction.idLow = random.nextLong();
        transaction.sends = 0;
        transmit(transaction, nowNanos);
    }

    /** Goes on with a transaction that was silent. */
    void resume(TurnTransaction transaction, long nowNanos) {
        transactions.add(transaction);
        transmit(transaction, nowNanos);
    }

    private void transmit(TurnTransaction transaction, long nowNanos) {
        transaction.sent(reliable, nowNanos);
        transaction.signed = session.isChallenged();
        writer.begin(transaction.type, transaction.idHigh, transaction.idLow);
        switch (transaction.type) {
            case Stun.ALLOCATE_REQUEST -> {
                writer.requestedTransport(Stun.TRANSPORT_UDP);
                writeFamily();
            }
            case Stun.CHANNEL_BIND_REQUEST -> writer.channelNumber(transaction.channel);
            default -> {
                // A Refresh without LIFETIME asks for the server's own.
            }
        }
        if (transaction.peer != null) {
            writer.xorPeerAddress(transaction.peer);
        }
        session.sign(writer);
        sink.transmit(writer.finish());
    }

    private void writeFamily() {
        switch (asked) {
            case BOTH_FAMILIES -> writer.additionalAddressFamily(Stun.IPV6);
            case IPV4 -> {
                // What a request without attribute asks for (RFC 8656 section 7.1).
            }
            case IPV6 -> writer.requestedAddressFamily(Stun.IPV6);
        }
    }

    @Nullable
    TurnTransaction find(int high, long low) {
        for (TurnTransaction each : transactions) {
            if (each.idLow == low && each.idHigh == high) {
                return each;
            }
        }
        return null;
    }

    void remove(TurnTransaction transaction) {
        transactions.remove(transaction);
    }

    void clear() {
        transactions.clear();
    }

    boolean isEmpty() {
        return transactions.isEmpty();
    }

    /** Repeats what is due, and takes out and returns what was repeated often enough. */
    List<TurnTransaction> repeat(long nowNanos) {
        List<TurnTransaction> silent = List.of();
        for (TurnTransaction each : transactions) {
            if (each.deadlineNanos - nowNanos > 0) {
                continue;
            }
            if (each.sends < TurnTransaction.MAX_SENDS) {
                transmit(each, nowNanos);
            } else {
                silent = silent.isEmpty() ? new ArrayList<>() : silent;
                silent.add(each);
            }
        }
        transactions.removeAll(silent);
        return silent;
    }

    long nextTimeout() {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < transactions.size(); i++) {
            next = Math.min(next, transactions.get(i).deadlineNanos);
        }
        return next;
    }
}
