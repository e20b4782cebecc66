package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.PacketSink;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SctpStats;
import org.webrtc4j.sctp.SendStatus;
import org.webrtc4j.sctp.datachannel.DataChannelEvent;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;
import org.webrtc4j.sctp.datachannel.DataChannelSession;
import org.webrtc4j.sctp.datachannel.DataChannelSink;
import org.webrtc4j.sdp.SctpInit;

/** The data channel session of a connection, from the moment both descriptions are known until DTLS or SCTP ends. */
final class DataPlane {

    private final DriverSettings settings;
    private final DriverListener listener;
    private final PacketSink below;

    private @Nullable DataChannelSession session;
    private boolean dtlsClient;
    private byte @Nullable [] remoteInit;
    private boolean connecting;
    private boolean ended;

    DataPlane(DriverSettings settings, DriverListener listener, PacketSink below) {
        this.settings = settings;
        this.listener = listener;
        this.below = below;
    }

    /** Makes the session; channels may be opened from here on. A renegotiation changes nothing. */
    void prepare(RemoteTransport remote, boolean client) {
        if (session != null || ended) {
            return;
        }
        dtlsClient = client;
        // The answer has one only if the offer has, and ours has one whenever this is set.
        remoteInit = settings.snap() ? remote.sctpInit().map(SctpInit::chunk).orElse(null) : null;
        // The largest message is checked where send is called: a renegotiation may change it.
        session = new DataChannelSession(
                settings.sctp().toBuilder()
                        .remotePort(remote.sctpPort())
                        .maxSendMessageSize(0)
                        .build(),
                new Sink(),
                settings.random());
    }

    /** DTLS is up. */
    void connect(long nowNanos) {
        if (session != null && !connecting) {
            connecting = true;
            if (remoteInit == null) {
                session.connect(dtlsClient, nowNanos);
            } else {
                session.connect(dtlsClient, remoteInit, nowNanos);
            }
        }
    }

    void handlePacket(ByteBuffer packet, long nowNanos) {
        if (session != null) {
            session.handlePacket(packet, nowNanos);
        }
    }

    void handleTimeout(long nowNanos) {
        if (session != null) {
            long deadline = session.nextTimeout();
            if (deadline != ProtocolEngine.NEVER && deadline - nowNanos <= 0) {
                session.handleTimeout(nowNanos);
            }
        }
    }

    void handleBatchEnd(long nowNanos) {
        if (session != null && connecting) {
            session.handleBatchEnd(nowNanos);
        }
    }

    void drainSent(SctpAssociation.SentBytes consumer) {
        if (session != null) {
            session.drainSent(consumer);
        }
    }

    long nextTimeout() {
        return session == null ? ProtocolEngine.NEVER : session.nextTimeout();
    }

    boolean open(int id, DataChannelParameters parameters, long nowNanos) {
        return session != null && session.open(id, parameters, nowNanos);
    }

    boolean openNegotiated(int id, DataChannelParameters parameters) {
        return session != null && session.openNegotiated(id, parameters);
    }

    boolean send(int id, boolean binary, byte[] payload, long nowNanos) {
        return session != null && session.send(id, binary, payload, nowNanos) == SendStatus.QUEUED;
    }

    void close(int id, long nowNanos) {
        if (session != null) {
            session.close(id, nowNanos);
        }
    }

    void setStreaming(int id, boolean on) {
        if (session != null) {
            session.setStreaming(id, on);
        }
    }

    void consumed(int id, int bytes, long nowNanos) {
        if (session != null) {
            session.consumed(id, bytes, nowNanos);
        }
    }

    /** ICE has chosen another pair. */
    void pathChanged(long nowNanos) {
        if (session != null) {
            session.pathChanged(nowNanos);
        }
    }

    boolean isDrained() {
        if (session == null || session.state() == SctpState.CLOSED) {
            return true;
        }
        SctpStats stats = session.stats();
        return stats.bufferedBytes() == 0 && stats.bytesInFlight() == 0;
    }

    void abort(long nowNanos) {
        if (session != null && connecting && session.state() != SctpState.CLOSED) {
            session.abort(nowNanos);
        }
    }

    /** DTLS has ended: nothing can be sent or received any more. */
    void lost() {
        session = null;
        ended = true;
    }

    Optional<SctpStats> stats() {
        return Optional.ofNullable(session).map(DataChannelSession::stats);
    }

    private final class Sink implements DataChannelSink {

        @Override
        public void transmit(ByteBuffer packet) {
            below.transmit(packet);
        }

        @Override
        public void onEvent(DataChannelEvent event) {
            listener.onDataEvent(event);
        }
    }
}
