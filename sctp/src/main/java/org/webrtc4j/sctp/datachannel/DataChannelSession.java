package org.webrtc4j.sctp.datachannel;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SctpStats;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/**
 * The data channels of one association (RFC 8831, RFC 8832): an engine that owns the association below it.
 *
 * <p>Packets and time go in, packets and {@link DataChannelEvent}s come out, in turns as {@link ProtocolEngine} describes.
 * Not thread-safe. A channel is closed by resetting its stream in both directions (RFC 8831 section 6.7), after what was
 * queued on it has been sent.
 *
 * <p>What the peer does wrong about one channel costs that channel: an OPEN on a stream in use, of this side's parity, of an
 * unknown type or with lengths beyond the message has its stream reset, and the association goes on. Data on a stream
 * without a channel, and data of an unknown kind, are dropped and counted.
 */
public final class DataChannelSession implements ProtocolEngine {

    private static final int MAX_PRIORITY = 65_535;

    private final SctpAssociation association;
    private final DataChannelSink sink;
    private final ChannelTable channels = new ChannelTable();
    private final ChannelClosing closing;
    private final IncomingMessages incoming;

    private boolean roleKnown;
    private boolean dtlsClient;
    private boolean established;
    private int streamLimit;
    private long rejectedOpens;

    /**
     * Creates a session whose association is not yet connecting.
     *
     * @param options of the association
     * @param sink where packets and events go
     * @param random as for {@link SctpAssociation}
     */
    public DataChannelSession(SctpOptions options, DataChannelSink sink, RandomGenerator random) {
        this.sink = sink;
        streamLimit = Math.min(options.inboundStreams(), options.outboundStreams());
        association = new SctpAssociation(options, new AssociationSink(), random);
        closing = new ChannelClosing(channels, association, sink);
        incoming = new IncomingMessages(channels, association, sink, this::onOpen);
    }

    /**
     * Begins the set-up of the association.
     *
     * @param dtlsClient whether this side is the DTLS client, which opens channels with even ids (RFC 8832 section 6)
     * @param nowNanos the time of this turn
     */
    public void connect(boolean dtlsClient, long nowNanos) {
        this.dtlsClient = dtlsClient;
        roleKnown = true;
        association.connect(nowNanos);
    }

    /**
     * Begins without an exchange of packets; see {@link SctpAssociation#connect(byte[], long)}.
     *
     * @param dtlsClient whether this side is the DTLS client, and so takes even stream ids
     * @param remoteInit the peer's INIT chunk
     * @param nowNanos the time of this turn
     */
    public void connect(boolean dtlsClient, byte[] remoteInit, long nowNanos) {
        this.dtlsClient = dtlsClient;
        roleKnown = true;
        association.connect(remoteInit, nowNanos);
    }

    /**
     * Tells that packets take another way; see {@link SctpAssociation#pathChanged}.
     *
     * @param nowNanos the time of this turn
     */
    public void pathChanged(long nowNanos) {
        association.pathChanged(nowNanos);
    }

    @Override
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        association.handlePacket(packet, nowNanos);
    }

    @Override
    public void handleTimeout(long nowNanos) {
        association.handleTimeout(nowNanos);
    }

    @Override
    public void handleBatchEnd(long nowNanos) {
        resetDrained(nowNanos);
        association.handleBatchEnd(nowNanos);
        if (resetDrained(nowNanos)) {
            association.handleBatchEnd(nowNanos);
        }
        assert closing.consistent();
    }

    private boolean resetDrained(long nowNanos) {
        return established && closing.resetDrained(nowNanos);
    }

    @Override
    public long nextTimeout() {
        return association.nextTimeout();
    }

    /**
     * Opens a channel in-band with the lowest free id of this side's parity.
     *
     * @param parameters what to tell the peer
     * @param nowNanos the time of this turn
     * @return the id, or -1 when none is free or the association is over
     * @throws IllegalStateException before {@link #connect}, as the parity is not known
     */
    public int open(DataChannelParameters parameters, long nowNanos) {
        if (!roleKnown) {
            throw new IllegalStateException("the DTLS role is not known yet");
        }
        int id = channels.freeId(dtlsClient ? 0 : 1, streamLimit);
        return id >= 0 && open(id, parameters, nowNanos) ? id : -1;
    }

    /**
     * Opens a channel in-band with a given id.
     *
     * @param id the stream, 0 to 65534
     * @param parameters what to tell the peer
     * @param nowNanos the time of this turn
     * @return false when the id is in use or beyond the streams negotiated, or the association is over
     * @throws IndexOutOfBoundsException when the id is out of range
     */
    public boolean open(int id, DataChannelParameters parameters, long nowNanos) {
        if (!add(id, parameters, false)) {
            return false;
        }
        SendStatus status = association.send(id, Ppid.CONTROL, Dcep.open(parameters), SendOptions.CONTROL, nowNanos);
        if (status != SendStatus.QUEUED) {
            remove(id);
            return false;
        }
        return true;
    }

    /**
     * Takes a channel into use that both sides agreed on beforehand; nothing is sent.
     *
     * @param id the stream, 0 to 65534
     * @param parameters its properties
     * @return false when the id is in use or beyond the streams negotiated, or the association is over
     * @throws IndexOutOfBoundsException when the id is out of range
     */
    public boolean openNegotiated(int id, DataChannelParameters parameters) {
        return add(id, parameters, true);
    }

    private boolean add(int id, DataChannelParameters parameters, boolean known) {
        Objects.checkIndex(id, ChannelTable.MAX_ID + 1);
        boolean over = established && association.state() == SctpState.CLOSED;
        if (id >= streamLimit || channels.get(id) != null || over) {
            return false;
        }
        channels.add(new Channel(id, parameters, known));
        association.setStreamPriority(id, Math.max(1, Math.min(parameters.priority(), MAX_PRIORITY)));
        return true;
    }

    private void remove(int id) {
        Channel channel = channels.get(id);
        if (channel != null) {
            channels.remove(channel);
        }
    }

    /**
     * Queues a message on a channel. On a channel opened here messages stay ordered until the peer has answered.
     *
     * @param id the channel's stream
     * @param binary bytes rather than a string
     * @param payload the bytes, a string's in UTF-8; handed over without a copy
     * @param nowNanos the time of this turn
     * @return whether it was taken, or why not
     */
    public SendStatus send(int id, boolean binary, byte[] payload, long nowNanos) {
        Channel channel = channel(id);
        if (channel == null) {
            return SendStatus.NO_SUCH_STREAM;
        }
        if (channel.closing) {
            return SendStatus.CLOSED;
        }
        if (payload.length == 0) {
            // One zero byte stands for nothing (RFC 8831 section 6.6).
            int ppid = binary ? Ppid.EMPTY_BINARY : Ppid.EMPTY_STRING;
            return association.send(id, ppid, new byte[1], channel.sendOptions(true), nowNanos);
        }
        return association.send(id, binary ? Ppid.BINARY : Ppid.STRING, payload, channel.sendOptions(false), nowNanos);
    }

    private @Nullable Channel channel(int id) {
        return id < 0 || id > ChannelTable.MAX_ID ? null : channels.get(id);
    }

    /**
     * Closes a channel: what is queued leaves first, then its stream is reset, and {@link DataChannelEvent.Closed} comes
     * when the peer has reset its half too. A channel that is closing or unknown is left alone.
     *
     * @param id the channel's stream
     * @param nowNanos the time of this turn
     */
    public void close(int id, long nowNanos) {
        Channel channel = channel(id);
        if (channel != null) {
            closing.begin(channel);
        }
    }

    /**
     * Reads a channel part by part: a message is handed out as it comes, in {@link DataChannelEvent.MessagePart}s, so that
     * it may be larger than the receive window. A message that is complete before anything of it was handed out still is a
     * {@link DataChannelEvent.Message}. Takes effect in the middle of a message, too; ends with the channel.
     *
     * @param id the channel's stream
     * @param on whether to read it so; at first it is not. An unknown channel is left alone
     */
    public void setStreaming(int id, boolean on) {
        if (channel(id) != null) {
            association.setStreaming(id, on);
        }
    }

    /**
     * Tells that a message's or part's handler is done, so that its bytes no longer count in the receive window. To be
     * called once per message and part.
     *
     * @param id the channel's stream
     * @param bytes the length of its payload
     * @param nowNanos the time of this turn
     */
    public void consumed(int id, int bytes, long nowNanos) {
        association.consumed(id, bytes, nowNanos);
    }

    /**
     * Returns bytes of messages queued on a channel that have never been sent.
     *
     * @param id the channel's stream, 0 to 65534
     * @return bytes
     */
    public long bufferedAmount(int id) {
        return association.bufferedAmount(id);
    }

    /**
     * Sets when {@link DataChannelEvent.BufferedAmountLow} is told.
     *
     * @param id the channel's stream, 0 to 65534
     * @param bytes the threshold, 0 by default
     */
    public void setBufferedAmountLowThreshold(int id, long bytes) {
        association.setBufferedAmountLowThreshold(id, bytes);
    }

    /**
     * Hands out, per channel, how many bytes of messages were first sent (or dropped unsent) since the last call; see
     * {@link SctpAssociation#drainSent}.
     *
     * @param consumer called for each channel concerned
     */
    public void drainSent(SctpAssociation.SentBytes consumer) {
        association.drainSent(consumer);
    }

    /**
     * Ends the association at once with an ABORT, which leaves at the end of the turn.
     *
     * @param nowNanos the time of this turn
     */
    public void abort(long nowNanos) {
        association.abort(nowNanos);
    }

    /**
     * Ends the association gracefully: what is queued is delivered first.
     *
     * @param nowNanos the time of this turn
     */
    public void shutdown(long nowNanos) {
        association.shutdown(nowNanos);
    }

    /**
     * Returns the state of the association.
     *
     * @return the state
     */
    public SctpState state() {
        return association.state();
    }

    /**
     * Returns the counters of the association.
     *
     * @return a snapshot
     */
    public SctpStats stats() {
        return association.stats();
    }

    /**
     * Returns how many channels there are, opening and closing ones included.
     *
     * @return channels
     */
    public int channelCount() {
        return channels.size();
    }

    /**
     * Returns how many attempts of the peer to open a channel were refused.
     *
     * @return since the session began
     */
    public long rejectedOpens() {
        return rejectedOpens;
    }

    /**
     * Returns how many messages were dropped because they belong to no channel or are of an unknown kind.
     *
     * @return since the session began
     */
    public long unexpectedMessages() {
        return incoming.unexpected();
    }

    /** What the association says, translated. */
    private final class AssociationSink implements SctpSink {

        @Override
        public void transmit(ByteBuffer packet) {
            sink.transmit(packet);
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                incoming.onMessage(message);
            } else if (event instanceof SctpEvent.MessagePart part) {
                incoming.onPart(part);
            } else if (event instanceof SctpEvent.MessageAborted aborted) {
                incoming.onAborted(aborted);
            } else if (event instanceof SctpEvent.BufferedAmountLow low) {
                sink.onEvent(new DataChannelEvent.BufferedAmountLow(low.streamId()));
            } else if (event instanceof SctpEvent.StreamsReset reset) {
                closing.onReset(reset);
            } else if (event instanceof SctpEvent.Connected connected) {
                onConnected(connected);
            } else if (event instanceof SctpEvent.Restarted) {
                // The peer remembers no channel.
                closing.finishFrom(0);
            } else if (event instanceof SctpEvent.Closed closed) {
                closing.forgetAll();
                established = true;
                sink.onEvent(new DataChannelEvent.AssociationClosed(closed.cause()));
            }
        }
    }

    private void onConnected(SctpEvent.Connected connected) {
        established = true;
        streamLimit = Math.min(connected.inboundStreams(), connected.outboundStreams());
        sink.onEvent(new DataChannelEvent.Established(connected.inboundStreams(), connected.outboundStreams()));
        closing.finishFrom(streamLimit);
    }

    private void onOpen(int id, byte[] payload) {
        DataChannelParameters parameters = Dcep.parseOpen(payload);
        // The peer's ids are odd where ours are even (RFC 8832 section 6).
        boolean ourParity = roleKnown && (id % 2 == 0) == dtlsClient;
        if (parameters == null || ourParity || !add(id, parameters, true)) {
            rejectedOpens++;
            association.resetStreams(new int[] {id}, 0);
            return;
        }
        association.send(id, Ppid.CONTROL, Dcep.ack(), SendOptions.CONTROL, 0);
        sink.onEvent(new DataChannelEvent.Opened(id, parameters));
    }
}
