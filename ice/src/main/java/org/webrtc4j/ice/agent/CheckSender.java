package org.webrtc4j.ice.agent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.agent.CheckTransaction.Purpose;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunWriter;

/** Writes the requests of one generation (RFC 8445 section 7.2.4) and keeps their transactions. */
final class CheckSender {

    private final IceEnvironment environment;
    private final Role role;
    private final IceEngine.Sink sink;
    private final StunWriter writer;
    private final TransactionTable transactions = new TransactionTable();
    private byte[] username = new byte[0];
    private @Nullable StunKey key;
    private boolean renomination;

    CheckSender(IceEnvironment environment, Role role, IceEngine.Sink sink, StunWriter writer) {
        this.environment = environment;
        this.role = role;
        this.sink = sink;
        this.writer = writer;
    }

    void setRemote(Credentials local, Credentials remote) {
        username = remote.usernameFrom(local);
        key = remote.key();
        renomination = local.parameters().renomination() && remote.parameters().renomination();
    }

    /** Both sides understand renomination. */
    boolean renominates() {
        return renomination;
    }

    TransactionTable transactions() {
        return transactions;
    }

    CheckTransaction send(CandidatePair pair, Purpose purpose, long rtoNanos, int nomination, long nowNanos) {
        CheckTransaction transaction = new CheckTransaction(
                pair,
                environment.random().nextInt(),
                environment.random().nextLong(),
                purpose,
                role.isControlling(),
                rtoNanos,
                nowNanos);
        transactions.add(transaction);
        if (purpose == Purpose.CONSENT) {
            pair.consentRequestsSent++;
        } else {
            pair.requestsSent++;
        }
        transmit(transaction, nomination, nowNanos);
        return transaction;
    }

    /** Sends the request, or sends it again: the bytes are made anew, for the same id. */
    void transmit(CheckTransaction transaction, int nomination, long nowNanos) {
        transaction.sent(nowNanos);
        CandidatePair pair = transaction.pair;
        writer.begin(Stun.BINDING_REQUEST, transaction.idHigh, transaction.idLow)
                .username(username)
                .role(transaction.controlling, role.tieBreaker())
                .priority(pair.localPort.peerReflexivePriority());
        // Consent repeats the nomination: a NAT may have moved us, and the peer then sees it on a new address.
        boolean repeated = transaction.purpose == Purpose.CONSENT && pair.nominated && transaction.controlling;
        if (transaction.purpose == Purpose.NOMINATION || repeated) {
            writer.useCandidate();
            if (renomination) {
                writer.nomination(nomination);
            }
        }
        writer.integrity(Objects.requireNonNull(key, "checks need remote credentials"))
                .fingerprint();
        sink.transmit(pair.port(), pair.remoteAddress(), writer.finish());
    }
}
