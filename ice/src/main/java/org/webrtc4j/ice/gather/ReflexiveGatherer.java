package org.webrtc4j.ice.gather;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.agent.Pacer;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * Asks STUN servers how they see our ports (RFC 8445 section 5.1.1.2). An answer carries no integrity: it counts only from
 * the address asked, for a transaction under way.
 *
 * <p>A server that counts as silent is asked on, and may answer late: where half of the packets are lost four requests in a
 * row find no answer in a third of all cases, and then the peer could know no address to send to.
 *
 * <p>Each answered query is repeated as an indication, so that NATs keep the mapping until {@link #stop}.
 */
public final class ReflexiveGatherer {

    /** How often a request is sent before the server counts as silent: after 5.5 s at the default timeout. */
    static final int MAX_SENDS = 4;

    static final long RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long LAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How often a silent server is asked again, and for how long after the first request: as long as a check has time. */
    static final long LATE_NANOS = RTO_NANOS;

    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(39_500);

    /** How often a mapping is refreshed (RFC 8445 section 11). */
    static final long KEEPALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** How many queries one agent may have; further servers are reported as failed. */
    static final int MAX_QUERIES = 64;

    /** A header and a fingerprint are all that is written here. */
    private static final int QUERY_BYTES = 32;

    private final RandomGenerator random;
    private final Pacer pacer;
    private final Sink sink;
    /** Of no use to the many sessions that ask no server. */
    private @Nullable Scratch scratch;

    private final List<Query> queries = new ArrayList<>();

    /** What comes out. */
    public interface Sink {

        /**
         * Takes one STUN message. Must not call back into the gatherer.
         *
         * @param port the owner's number of the local port
         * @param to where it goes
         * @param stun a heap buffer, borrowed
         */
        void transmit(int port, InetSocketAddress to, ByteBuffer stun);

        /**
         * A server has told how it sees a port. Must not call back into the gatherer.
         *
         * @param port the owner's number of the local port
         * @param mapped the address it sees
         * @param server the server's address
         * @param url the server's URL
         */
        void onMapped(int port, InetSocketAddress mapped, InetSocketAddress server, String url);

        /**
         * A server could not be used from a port. Must not call back into the gatherer.
         *
         * @param port the owner's number of the local port
         * @param url the server's URL
         * @param code the STUN error code, or 701
         * @param reason the reason phrase
         */
        void onFailed(int port, String url, int code, String reason);
    }

    private enum Phase {
        QUEUED,
        ASKED,
        /** Reported as failed, and not waited for any more. */
        SILENT,
        ANSWERED
    }

    private static final class Scratch {
        final StunReader reader = new StunReader();
        final StunWriter writer = new StunWriter(QUERY_BYTES);
    }

    private static final class Query {
        final Scratch scratch;
        final int port;
        final InetSocketAddress server;
        final String url;
        Phase phase = Phase.QUEUED;
        int idHigh;
        long idLow;
        int sends;
        long deadlineNanos;
        long endNanos;

        Query(Scratch scratch, int port, InetSocketAddress server, String url) {
            this.scratch = scratch;
            this.port = port;
            this.server = server;
            this.url = url;
        }
    }

    /**
     * Creates a gatherer without queries.
     *
     * @param random draws transaction ids
     * @param pacer shared with the checks of the agent
     * @param sink what comes out
     */
    public ReflexiveGatherer(RandomGenerator random, Pacer pacer, Sink sink) {
        this.random = random;
        this.pacer = pacer;
        this.sink = sink;
    }

    /**
     * Asks a server from a port; the request leaves with the next {@link #handleTimeout}.
     *
     * @param port the owner's number of the local port
     * @param server the server's address, of the port's family
     * @param url the server's URL
     */
    public void query(int port, InetSocketAddress server, String url) {
        if (queries.size() >= MAX_QUERIES) {
            sink.onFailed(port, url, 701, "Too many STUN servers and local addresses");
            return;
        }
        if (scratch == null) {
            scratch = new Scratch();
        }
        queries.add(new Query(scratch, port, server, url));
    }

    /**
     * Tells whether a query is still without an answer.
     *
     * @return true while gathering goes on
     */
    public boolean isBusy() {
        for (Query query : queries) {
            if (query.phase == Phase.QUEUED || query.phase == Phase.ASKED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Forgets the queries from a port that is gone.
     *
     * @param port the owner's number of the local port
     */
    public void forget(int port) {
        queries.removeIf(query -> query.port == port);
    }

    /** Forgets all queries and stops keepalives. */
    public void stop() {
        queries.clear();
    }

    /**
     * Takes a STUN packet if it answers a query.
     *
     * @param port the port at which it arrived
     * @param from its source
     * @param packet a heap buffer, borrowed
     * @param nowNanos the time of this turn
     * @return false when it is none of ours
     */
    public boolean handlePacket(int port, InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        if (scratch == null || queries.isEmpty() || !scratch.reader.read(packet)) {
            return false;
        }
        StunReader reader = scratch.reader;
        Query query = find(reader, port, from);
        if (query == null) {
            return false;
        }
        InetSocketAddress mapped = reader.type() == Stun.BINDING_SUCCESS ? reader.mappedAddress() : null;
        if (mapped != null) {
            query.phase = Phase.ANSWERED;
            query.deadlineNanos = nowNanos + KEEPALIVE_NANOS;
            sink.onMapped(port, mapped, query.server, query.url);
        } else {
            queries.remove(query);
            if (query.phase == Phase.ASKED) {
                sink.onFailed(port, query.url, Math.max(reader.errorCode(), 300), reader.errorReason());
            }
        }
        return true;
    }

    private @Nullable Query find(StunReader reader, int port, InetSocketAddress from) {
        if (reader.type() != Stun.BINDING_SUCCESS && reader.type() != Stun.BINDING_ERROR) {
            return null;
        }
        for (Query query : queries) {
            if ((query.phase == Phase.ASKED || query.phase == Phase.SILENT)
                    && query.idLow == reader.transactionLow()
                    && query.idHigh == reader.transactionHigh()
                    && query.port == port
                    && query.server.equals(from)) {
                return query;
            }
        }
        return null;
    }

    /**
     * Lets time pass, and sends what may leave.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            if (query.phase == Phase.QUEUED) {
                if (pacer.tryTake(false, nowNanos)) {
                    query.phase = Phase.ASKED;
                    query.idHigh = random.nextInt();
                    query.idLow = random.nextLong();
                    query.endNanos = nowNanos + PATIENCE_NANOS;
                    send(query, nowNanos);
                }
            } else if (query.deadlineNanos - nowNanos <= 0) {
                if (query.phase == Phase.ANSWERED) {
                    keepAlive(query, nowNanos);
                } else if (query.sends < MAX_SENDS) {
                    send(query, nowNanos);
                } else if (query.endNanos - nowNanos <= 0) {
                    queries.remove(i--);
                } else {
                    if (query.phase == Phase.ASKED) {
                        query.phase = Phase.SILENT;
                        sink.onFailed(query.port, query.url, 701, "The STUN server did not answer");
                    }
                    request(query, LATE_NANOS, nowNanos);
                }
            }
        }
    }

    private void send(Query query, long nowNanos) {
        long wait = RTO_NANOS << query.sends;
        query.sends++;
        request(query, query.sends == MAX_SENDS ? LAST_WAIT_NANOS : wait, nowNanos);
    }

    private void request(Query query, long waitNanos, long nowNanos) {
        query.deadlineNanos = nowNanos + waitNanos;
        StunWriter writer = query.scratch.writer;
        writer.begin(Stun.BINDING_REQUEST, query.idHigh, query.idLow).fingerprint();
        sink.transmit(query.port, query.server, writer.finish());
    }

    private void keepAlive(Query query, long nowNanos) {
        query.deadlineNanos = nowNanos + KEEPALIVE_NANOS;
        StunWriter writer = query.scratch.writer;
        writer.begin(Stun.BINDING_INDICATION, random.nextInt(), random.nextLong());
        sink.transmit(query.port, query.server, writer.fingerprint().finish());
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @param nowNanos the time of this turn
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout(long nowNanos) {
        long next = ProtocolEngine.NEVER;
        for (Query query : queries) {
            long at = query.phase == Phase.QUEUED ? pacer.nextAvailable(false, nowNanos) : query.deadlineNanos;
            next = Math.min(next, at);
        }
        return next;
    }
}
