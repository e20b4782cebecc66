package org.webrtc4j.sctp;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.association.AssociationEngine;
import org.webrtc4j.sctp.association.SignalledInit;

/**
 * One SCTP association (RFC 9260) in the WebRTC profile (RFC 8831): a single-threaded engine driven in turns.
 *
 * <p>Both sides may call {@link #connect} at once; a side that never does accepts the peer's set-up. Messages are taken
 * from the start and leave when the association is established. The association speaks RFC 3758 (partial reliability) and
 * RFC 6525 (stream reset) where the peer does.
 *
 * <p><b>Turns.</b> {@link #handlePacket} takes in, {@link #send} queues, {@link #handleBatchEnd} and {@link #handleTimeout}
 * emit; see {@link ProtocolEngine}. Events are delivered at the end of an entry point, when the state is consistent. Not
 * thread-safe.
 *
 * <p><b>Memory.</b> Incoming: {@link SctpOptions#receiveWindow()} bytes, until {@link #consumed} is called for each message.
 * Outgoing: {@link SctpOptions#streamBufferSize()} bytes per stream, and what the peer's window lets be outstanding.
 */
public final class SctpAssociation implements ProtocolEngine {

    private final AssociationEngine engine;

    /**
     * Creates an association that is neither connected nor connecting.
     *
     * @param options its limits and times
     * @param sink where packets and events go
     * @param random source of tags, TSNs, nonces and the cookie key; cryptographically strong outside of tests
     */
    public SctpAssociation(SctpOptions options, SctpSink sink, RandomGenerator random) {
        engine = new AssociationEngine(options, sink, random);
    }

    /**
     * Begins the set-up. Does nothing unless {@link SctpState#CLOSED} and never connected before.
     *
     * @param nowNanos the time of this turn
     */
    public void connect(long nowNanos) {
        engine.connect(nowNanos);
    }

    /**
     * Begins without an exchange of packets, both INIT chunks having travelled by signalling (draft-hancke-tsvwg-snap): the
     * association is established at once. Does nothing unless {@link SctpState#CLOSED} and never connected before.
     *
     * @param remoteInit the peer's INIT chunk; the peer has been told {@link #initChunk} of this side's options
     * @param nowNanos the time of this turn
     * @throws IllegalArgumentException when {@link #refusalOfInit} has a reason against it
     */
    public void connect(byte[] remoteInit, long nowNanos) {
        engine.connect(remoteInit, nowNanos);
    }

    /**
     * Returns the INIT chunk of an association of these options, for signalling; always the same for the same options.
     *
     * @param options with {@link SctpOptions#verificationTag()} and {@link SctpOptions#initialTsn()} drawn by the caller
     * @return the chunk with its header
     * @throws IllegalStateException when one of them is {@link SctpOptions#RANDOM}
     */
    public static byte[] initChunk(SctpOptions options) {
        return SignalledInit.write(options);
    }

    /**
     * Tells why an association cannot begin with what a peer has signalled.
     *
     * @param chunk bytes of a peer
     * @return the reason; empty when they are an INIT chunk to begin with
     */
    public static Optional<String> refusalOfInit(byte[] chunk) {
        return SignalledInit.refusal(chunk);
    }

    @Override
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        engine.handlePacket(packet, nowNanos);
    }

    @Override
    public void handleTimeout(long nowNanos) {
        engine.handleTimeout(nowNanos);
    }

    @Override
    public void handleBatchEnd(long nowNanos) {
        engine.handleBatchEnd(nowNanos);
    }

    @Override
    public long nextTimeout() {
        return engine.nextTimeout();
    }

    /**
     * Queues a message; it leaves at the end of the turn or when the windows allow.
     *
     * @param streamId the stream, 0 to 65534
     * @param ppid the payload protocol identifier, all 32 bits
     * @param payload the bytes, at least one; handed over without a copy, not to be changed any more
     * @param options order and reliability
     * @param nowNanos the time of this turn
     * @return whether it was taken, or why not
     */
    public SendStatus send(int streamId, int ppid, byte[] payload, SendOptions options, long nowNanos) {
        return engine.send(streamId, ppid, payload, options, nowNanos);
    }

    /**
     * Resets streams we send on (RFC 6525), each after the message it is in. What else is queued on them leaves after the
     * reset. The outcome is a {@link SctpEvent.StreamsReset}.
     *
     * @param streamIds the streams, each 0 to 65534
     * @param nowNanos the time of this turn
     * @throws IndexOutOfBoundsException when an id is out of range
     */
    public void resetStreams(int[] streamIds, long nowNanos) {
        for (int id : streamIds) {
            Objects.checkIndex(id, 65_535);
        }
        engine.resetStreams(streamIds);
    }

    /**
     * Reads a stream part by part: a message is handed out as it comes, in {@link SctpEvent.MessagePart}s, so that it may be
     * larger than the receive window ({@link SctpOptions#maxReceiveMessageSize()} of 0 allows that). A message that is
     * complete before anything of it was handed out still is a {@link SctpEvent.Message}. Takes effect in the middle of a
     * message, too; switched off, a message of which parts were handed out goes on in parts.
     *
     * @param streamId the stream, 0 to 65534
     * @param on whether to read it so; at first it is not. A reset or restart of the peer changes nothing
     * @throws IndexOutOfBoundsException when the id is out of range
     */
    public void setStreaming(int streamId, boolean on) {
        engine.setStreaming(Objects.checkIndex(streamId, 65_535), on);
    }

    /**
     * Tells that the application is done with a delivered message or part, so that its bytes no longer count in the
     * receive window. To be called once per message and part.
     *
     * @param streamId the stream it came on
     * @param bytes the length of its payload
     * @param nowNanos the time of this turn
     */
    public void consumed(int streamId, int bytes, long nowNanos) {
        engine.consumed(bytes);
    }

    /**
     * Tells that packets take another way from now on: only {@link SctpOptions#maxPacketSize()} is known to fit it, and what
     * path MTU discovery has found is forgotten.
     *
     * @param nowNanos the time of this turn
     */
    public void pathChanged(long nowNanos) {
        engine.pathChanged();
    }

    /**
     * Ends gracefully (RFC 9260 section 9.2): what is queued is delivered first, further messages are refused.
     *
     * @param nowNanos the time of this turn
     */
    public void shutdown(long nowNanos) {
        engine.shutdown(nowNanos);
    }

    /**
     * Ends at once: everything queued is dropped, an ABORT leaves at the end of the turn.
     *
     * @param nowNanos the time of this turn
     */
    public void abort(long nowNanos) {
        engine.abort("closed by the application");
    }

    /**
     * Returns payload bytes queued on a stream that have never been sent, control messages apart.
     *
     * @param streamId the stream, 0 to 65534
     * @return bytes
     */
    public long bufferedAmount(int streamId) {
        return engine.queue().buffered(Objects.checkIndex(streamId, 65_535));
    }

    /**
     * Tells whether messages wait on a stream, control messages included.
     *
     * @param streamId the stream, 0 to 65534
     * @return true until the last fragment of the last message has been sent
     */
    public boolean hasQueued(int streamId) {
        return engine.queue().hasQueued(Objects.checkIndex(streamId, 65_535));
    }

    /**
     * Sets when {@link SctpEvent.BufferedAmountLow} is told: as bytes queued fall to this value or below.
     *
     * @param streamId the stream, 0 to 65534
     * @param bytes the threshold, 0 by default
     */
    public void setBufferedAmountLowThreshold(int streamId, long bytes) {
        engine.queue().setLowThreshold(Objects.checkIndex(streamId, 65_535), bytes);
    }

    /**
     * Sets a stream's share: with {@link SctpScheduler#WEIGHTED_FAIR} streams that have something to send share bytes in the
     * ratio of their priorities. Takes effect with the next message, or fragment where messages are interleaved.
     *
     * @param streamId the stream, 0 to 65534
     * @param priority 1 to 65535; 256 by default
     * @throws IllegalArgumentException when the priority is out of range
     */
    public void setStreamPriority(int streamId, int priority) {
        if (priority < 1 || priority > 65_535) {
            throw new IllegalArgumentException("priority " + priority);
        }
        engine.queue().setPriority(Objects.checkIndex(streamId, 65_535), priority);
    }

    /**
     * Hands out, per stream, how many payload bytes were first sent (or dropped unsent) since the last call: the amount by
     * which a bufferedAmount counted elsewhere falls. Meant to be called once a turn.
     *
     * @param consumer called for each stream concerned
     */
    public void drainSent(SentBytes consumer) {
        engine.queue().drainSent(consumer::sent);
    }

    /** Takes how many bytes of a stream were first sent. */
    @FunctionalInterface
    public interface SentBytes {

        /**
         * Takes the bytes of one stream.
         *
         * @param streamId the stream
         * @param bytes payload bytes, positive
         */
        void sent(int streamId, long bytes);
    }

    /**
     * Returns the state.
     *
     * @return the state of RFC 9260 section 4
     */
    public SctpState state() {
        return engine.state();
    }

    /**
     * Returns the counters.
     *
     * @return a snapshot
     */
    public SctpStats stats() {
        return engine.stats();
    }
}
