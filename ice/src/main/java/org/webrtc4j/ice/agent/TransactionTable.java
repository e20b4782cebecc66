package org.webrtc4j.ice.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;

/** The live transactions of one generation, a few dozen at most; a full table forgets the oldest. */
final class TransactionTable {

    /** Twice the pairs of the default limits: one check and one cancelled check each. */
    private static final int MAX_TRANSACTIONS = 400;

    private final List<CheckTransaction> live = new ArrayList<>();
    private final List<CheckTransaction> expired = new ArrayList<>();

    void add(CheckTransaction transaction) {
        if (live.size() >= MAX_TRANSACTIONS) {
            live.remove(0);
        }
        live.add(transaction);
    }

    @Nullable
    CheckTransaction find(int idHigh, long idLow) {
        for (int i = 0; i < live.size(); i++) {
            CheckTransaction transaction = live.get(i);
            if (transaction.idLow == idLow && transaction.idHigh == idHigh) {
                return transaction;
            }
        }
        return null;
    }

    void remove(CheckTransaction transaction) {
        live.remove(transaction);
    }

    void removeIf(Predicate<CheckTransaction> condition) {
        live.removeIf(condition);
    }

    void clear() {
        live.clear();
    }

    boolean isEmpty() {
        return live.isEmpty();
    }

    int size() {
        return live.size();
    }

    /** Hands over every transaction whose deadline has come; the receiver may add and remove. */
    void expire(long nowNanos, Consumer<CheckTransaction> receiver) {
        if (nextDeadline() == ProtocolEngine.NEVER || nextDeadline() - nowNanos > 0) {
            return;
        }
        for (CheckTransaction transaction : live) {
            if (transaction.deadlineNanos - nowNanos <= 0) {
                expired.add(transaction);
            }
        }
        expired.forEach(receiver);
        expired.clear();
    }

    long nextDeadline() {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < live.size(); i++) {
            next = Math.min(next, live.get(i).deadlineNanos);
        }
        return next;
    }
}
