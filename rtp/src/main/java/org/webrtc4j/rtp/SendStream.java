package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.send.ForwardedNumbers;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * One sent SSRC with its retransmissions: own payloads, or packets forwarded from any source, with numbers and timestamps
 * that go on whatever the source. Made by {@link RtpSession#addSendStream}; confined to the session's thread.
 *
 * <p>{@link #send} and {@link #forward} hand the packet to the session's sink within the call; retransmissions leave at the
 * end of the turn.
 */
public final class SendStream {

    /** A gap larger than this is a jump of the source, which its receivers need not see (RFC 3711 section 3.3.1). */
    private static final int MAX_GAP = 1000;

    private static final int PAYLOAD_TYPES = 128;
    private static final int MAX_PATCH = 8;

    private static final long NANOS = 1_000_000_000L;

    /** A stream is reported on while it was sent on in this time. */
    private static final long ACTIVE_NANOS = 10_000_000_000L;

    private final RtpSession session;
    private final OutboundPath path;
    private SendParameters parameters;
    private final int ssrc;
    private final int[] clockRates = new int[PAYLOAD_TYPES];

    private final int firstSequence;
    private long nextSequence;
    private long lastTimestamp;
    private long timestampOffset;
    private int clockRate;
    private Urgency urgency = Urgency.VIDEO;
    private int lastPayloadType = -1;
    /** What the numbers follow: this stream for own payloads, a forwarded source, or null for whatever comes next. */
    private @Nullable Object source;

    private final ForwardedNumbers numbers = new ForwardedNumbers();
    private final KeyFrameRequests keyFrames;
    private int lastFirSequence = -1;
    private final SendCounters counters = new SendCounters();
    private final SendHeaders headers;
    private final Retransmitter retransmitter;
    private final RepairSender repairs;

    SendStream(RtpSession session, OutboundPath path, SendParameters parameters) {
        this.session = session;
        this.path = path;
        this.parameters = parameters;
        ssrc = (int) parameters.ssrc();
        keyFrames = new KeyFrameRequests(session.options().keyFrameIntervalNanos());
        headers = new SendHeaders(path);
        // RFC 3550 section 5.1 wants random beginnings; below half the circle, so that a lost first packet is not taken
        // for one before a wrap (RFC 3711 section 3.3.1).
        firstSequence = session.random().nextInt(1 << 15);
        nextSequence = (1L << 16) + firstSequence;
        retransmitter = new Retransmitter(session, path, this, headers, counters);
        repairs = new RepairSender(session, path, this, headers, counters);
        lastTimestamp = Integer.toUnsignedLong(session.random().nextInt());
        apply(parameters);
    }

    private void apply(SendParameters next) {
        parameters = next;
        urgency = next.video() ? Urgency.VIDEO : Urgency.AUDIO;
        Arrays.fill(clockRates, 0);
        for (PayloadFormat format : next.formats()) {
            if (format.role() == PayloadFormat.Role.MEDIA) {
                clockRates[format.payloadType()] = format.clockRate();
            }
        }
        headers.apply(next);
        retransmitter.apply(next);
        repairs.apply(next);
        mapExtensions();
    }

    private void mapExtensions() {
        if (source instanceof ForwardSource from) {
            headers.follow(from.extensions(), from.history());
        } else {
            headers.follow(parameters.extensions(), retransmitter.ownHistory());
        }
    }

    /**
     * Changes what is sent, at any time; numbers and timestamps go on.
     *
     * @param next with the same SSRC
     * @throws IllegalArgumentException when the SSRC is another
     */
    public void update(SendParameters next) {
        checkSsrc(next);
        session.rebind(this, next);
        apply(next);
    }

    private void checkSsrc(SendParameters next) {
        if (next.ssrc() != parameters.ssrc()) {
            throw new IllegalArgumentException("A stream keeps its SSRC");
        }
    }

    /** It is sent again: to a receiver that may have forgotten it, from whatever source comes next. */
    void resume(SendParameters next) {
        checkSsrc(next);
        headers.forgetHeard();
        source = null;
        apply(next);
    }

    /**
     * Returns what is sent.
     *
     * @return as set last
     */
    public SendParameters parameters() {
        return parameters;
    }

    /**
     * Returns its synchronisation source.
     *
     * @return 0 to 4294967295
     */
    public long ssrc() {
        return parameters.ssrc();
    }

    /**
     * Adds a header extension element to the packet sent next with {@link #send}.
     *
     * @param type an extension; nothing is added when it is not negotiated
     * @param bytes the array
     * @param offset where the element starts
     * @param length its bytes
     * @return false when it is not negotiated or there is no room
     */
    public boolean putExtension(HeaderExtensionType type, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return headers.putPending(type, bytes, offset, length);
    }

    /**
     * Sends an own payload. It leaves within the call, or is copied to wait for the pacer; bytes are kept for retransmission when RTX or NACK is negotiated.
     *
     * @param payload the array, borrowed for the call
     * @param offset where the payload starts
     * @param length its bytes
     * @param marker the marker bit
     * @param timestamp in units of the payload's clock; a random offset is added
     * @param payloadType one of the parameters'
     * @param nowNanos the time of this turn
     * @return the sequence number on the wire
     * @throws IllegalArgumentException when the payload type is not one of the parameters' or the payload is too large
     */
    public int send(
            byte[] payload, int offset, int length, boolean marker, long timestamp, int payloadType, long nowNanos) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        checkPayload(payloadType, length);
        if (source != this) {
            beginSource(timestamp, payloadType, nowNanos);
            source = this;
            mapExtensions();
        }
        long sequence = nextSequence++;
        long outgoing = timestamp + timestampOffset;
        headers.write(marker, payloadType, (int) sequence, (int) outgoing, ssrc);
        retransmitter.keep(payload, offset, length, sequence, (int) outgoing, payloadType, nowNanos);
        onSent(outgoing, payloadType, length, nowNanos);
        if (!path.waits(this, urgency, payload, offset, length, sequence, payloadType, nowNanos)) {
            transmit(payload, offset, length, sequence, payloadType, nowNanos);
        }
        repairs.onSent(payload, offset, length, sequence, (int) outgoing, marker, nowNanos);
        return (int) sequence & 0xffff;
    }

    private void transmit(byte[] payload, int offset, int length, long sequence, int payloadType, long nowNanos) {
        if (!retransmitter.isRepeated(payloadType)) {
            path.transmit(this, urgency, payload, offset, length, nowNanos);
            return;
        }
        ByteBuffer left = path.transmitRepeatable(this, urgency, payload, offset, length, nowNanos);
        if (left != null) {
            retransmitter.keepAsLeft(left, length, sequence, payloadType, nowNanos);
        }
    }

    /** What repairs or probes leaves, or waits. */
    void leaveOrWait(Urgency other, byte[] payload, int offset, int length, long nowNanos) {
        if (!path.waits(this, other, payload, offset, length, 0, 0, nowNanos)) {
            path.transmit(this, other, payload, offset, length, nowNanos);
        }
    }

    /** A packet leaves that has waited, and whose header the path has again. */
    void leave(
            Urgency waited,
            byte[] payload,
            int offset,
            int length,
            long sequence,
            int payloadType,
            long sinceNanos,
            long nowNanos) {
        if (waited == Urgency.VIDEO) {
            counters.waitedNanos += nowNanos - sinceNanos;
            transmit(payload, offset, length, sequence, payloadType, nowNanos);
        } else {
            path.transmit(this, waited, payload, offset, length, nowNanos);
        }
    }

    private void checkPayload(int payloadType, int length) {
        if (payloadType < 0 || payloadType >= PAYLOAD_TYPES || clockRates[payloadType] == 0) {
            throw new IllegalArgumentException("Payload type " + payloadType + " is not sent by " + this);
        }
        if (length > RtpPacket.MAX_SIZE - RtpPacket.FIXED_HEADER) {
            throw new IllegalArgumentException("Payload of " + length + " bytes");
        }
    }

    /** Lets the numbers go on from whatever was sent before: timestamps by the time that passed. */
    private void beginSource(long timestamp, int payloadType, long nowNanos) {
        long next = lastTimestamp;
        if (counters.packets > 0) {
            long elapsed = Math.max(0, nowNanos - counters.lastPacketNanos);
            next += Math.max(
                    1, elapsed / NANOS * clockRates[payloadType] + elapsed % NANOS * clockRates[payloadType] / NANOS);
        }
        timestampOffset = next - timestamp;
    }

    /** Tells that timestamps of the next packet have nothing to do with those before; they are made to go on. */
    public void restartTimestamps() {
        source = null;
    }

    /**
     * Forwards a packet as it is; see {@link #forward(RtpPacket, ForwardSource, int, long, int, long)}.
     *
     * @param packet with its unwrapped numbers set
     * @param from its source; another than before goes on with numbers and timestamps
     * @param payloadType one of the parameters'
     * @param nowNanos the time of this turn
     * @return false when it is from before its source was switched to, or was left out
     */
    public boolean forward(RtpPacket packet, ForwardSource from, int payloadType, long nowNanos) {
        return forward(packet, from, payloadType, 0, 0, nowNanos);
    }

    /**
     * Forwards a packet with a header of its own: SSRC, sequence number and timestamp that go on from source to source,
     * payload type and identifiers of extensions as negotiated here. Its payload is shared and not copied.
     *
     * @param packet with its unwrapped numbers set; its bytes are changed during the call and put back when there is a patch
     * @param from its source; another than before goes on with numbers and timestamps
     * @param payloadType one of the parameters'
     * @param patch what the payload begins with instead, the first byte in the highest place of the long
     * @param patchLength how many bytes of it, 0 to 8
     * @param nowNanos the time of this turn
     * @return false when it is from before its source was switched to, or was left out
     * @throws IllegalArgumentException when the payload type is not one of the parameters' or the patch is longer than the
     *     payload
     */
    public boolean forward(
            RtpPacket packet, ForwardSource from, int payloadType, long patch, int patchLength, long nowNanos) {
        checkPayload(payloadType, packet.payloadLength());
        if (patchLength < 0 || patchLength > MAX_PATCH || patchLength > packet.payloadLength()) {
            throw new IllegalArgumentException("Patch of " + patchLength + " bytes");
        }
        if (source != from) {
            switchTo(from, packet, payloadType, nowNanos);
        }
        if (packet.payloadLength() == 0) {
            // Padding probes the path from its sender, not from here.
            numbers.omit(packet.unwrappedSequence());
            return false;
        }
        long sequence = numbers.map(packet.unwrappedSequence());
        if (sequence == ForwardedNumbers.NONE) {
            return false;
        }
        if (sequence - nextSequence > MAX_GAP) {
            numbers.begin(packet.unwrappedSequence(), nextSequence);
            sequence = nextSequence;
        }
        nextSequence = Math.max(nextSequence, sequence + 1);
        long outgoing = packet.unwrappedTimestamp() + timestampOffset;
        headers.write(packet, payloadType, (int) sequence, (int) outgoing, ssrc);
        retransmitter.remember(
                sequence, packet.unwrappedSequence(), from.history(), (int) outgoing, payloadType, patch, patchLength);
        onSent(outgoing, payloadType, packet.payloadLength(), nowNanos);
        byte[] array = packet.array();
        int at = packet.payloadOffset();
        long original = Bytes.exchange(array, at, patch, patchLength);
        try {
            transmit(array, at, packet.payloadLength(), sequence, payloadType, nowNanos);
            repairs.onSent(array, at, packet.payloadLength(), sequence, (int) outgoing, packet.marker(), nowNanos);
        } finally {
            Bytes.exchange(array, at, original, patchLength);
        }
        return true;
    }

    /**
     * Leaves a packet out on purpose, so that its number is no gap: a layer not wanted, silence.
     *
     * @param packet with its unwrapped numbers set
     * @param from its source
     */
    public void omit(RtpPacket packet, ForwardSource from) {
        if (source == from) {
            numbers.omit(packet.unwrappedSequence());
        }
    }

    private void switchTo(ForwardSource from, RtpPacket packet, int payloadType, long nowNanos) {
        source = from;
        numbers.begin(packet.unwrappedSequence(), nextSequence);
        beginSource(packet.unwrappedTimestamp(), payloadType, nowNanos);
        mapExtensions();
        headers.beginSource(packet.ssrc());
    }

    private void onSent(long timestamp, int payloadType, int payloadLength, long nowNanos) {
        // A late packet does not turn the clock of reports back.
        if (counters.packets == 0 || timestamp - lastTimestamp > 0) {
            lastTimestamp = timestamp;
            counters.lastTimestampNanos = nowNanos;
        }
        clockRate = clockRates[payloadType];
        lastPayloadType = payloadType;
        counters.packets++;
        counters.payloadBytes += payloadLength;
        counters.headerBytes += path.headerLength();
        counters.lastPacketNanos = nowNanos;
        retransmitter.onSent(path.headerLength() + payloadLength);
        session.onActivity(nowNanos);
    }

    /**
     * Sends padding in the RTX stream, to probe the path (RFC 4588 has no rule against it, and browsers do it).
     *
     * @param length bytes of padding, held to 1 to 255
     * @param nowNanos the time of this turn
     * @return false when nothing was sent yet or RTX is not negotiated
     */
    public boolean sendPadding(int length, long nowNanos) {
        return retransmitter.sendPadding(length, lastPayloadType, (int) lastTimestamp, nowNanos);
    }

    /** Whether padding can be sent: something was sent that RTX repairs. */
    boolean mayPad() {
        return parameters.video() && counters.packets > 0 && retransmitter.repairs(lastPayloadType);
    }

    /** Sends a packet to probe with: the latest that is kept, once more, or nothing but padding. */
    boolean sendProbePadding(long nowNanos) {
        return retransmitter.sendAgain(nextSequence - 1, nowNanos) || sendPadding(Retransmitter.MAX_PADDING, nowNanos);
    }

    /**
     * Sets how many repair packets are sent where they are negotiated. Otherwise the share follows the losses that the receiver
     * reports, and none are sent while nothing is lost.
     *
     * @param percent of the packets sent, 0 to 50
     * @throws IllegalArgumentException when it is out of range
     */
    public void setProtection(int percent) {
        if (percent < 0 || percent > RepairSender.MAX_PERCENT) {
            throw new IllegalArgumentException("Protection of " + percent + " %");
        }
        repairs.setPercent(percent);
    }

    void onNack(int wireSequence, long nowNanos) {
        retransmitter.onNack(wireSequence, nextSequence - 1, nowNanos);
    }

    void onNackPacket() {
        counters.nackPackets++;
    }

    void resend(long nowNanos) {
        retransmitter.resend(nowNanos);
    }

    void onPictureLoss() {
        counters.pictureLosses++;
        keyFrames.want();
    }

    /** The same number is the same request repeated (RFC 5104 section 4.3.1.1). */
    boolean onFullIntraRequest(int number) {
        if (number == lastFirSequence) {
            return false;
        }
        lastFirSequence = number;
        counters.fullIntraRequests++;
        keyFrames.want();
        return true;
    }

    boolean takeKeyFrameRequest(long nowNanos) {
        return keyFrames.take(nowNanos);
    }

    boolean takeLossChange() {
        return counters.loss.takeChange();
    }

    int lossPercent() {
        return counters.loss.percent();
    }

    long nextTimeout(long nowNanos) {
        return retransmitter.isPending() ? nowNanos : keyFrames.nextTimeout(nowNanos);
    }

    /** Takes a block of a report about the stream or its retransmissions. */
    void onReport(boolean rtx, RemoteReport report) {
        headers.onHeard(rtx);
        if (!rtx) {
            counters.onReport(report, clockRate, firstSequence);
        }
    }

    boolean isActive(long nowNanos) {
        return counters.packets > 0 && nowNanos - counters.lastPacketNanos < ACTIVE_NANOS;
    }

    boolean isSent() {
        return counters.packets > 0;
    }

    int wireSsrc() {
        return ssrc;
    }

    void report(RtcpWriter writer, long ntp, long nowNanos) {
        long elapsed = nowNanos - counters.lastTimestampNanos;
        long now = lastTimestamp + elapsed / NANOS * clockRate + elapsed % NANOS * clockRate / NANOS;
        counters.reports++;
        // RFC 3550 section 6.4.1: all packets of this SSRC, which those of RTX have not.
        long packets = counters.packets + counters.repeatedPackets;
        writer.senderReport(ssrc, ntp, (int) now, packets, counters.payloadBytes + counters.repeatedBytes);
    }

    /**
     * Returns its counters.
     *
     * @return a snapshot
     */
    public OutboundStats stats() {
        return counters.snapshot(lastPayloadType);
    }

    @Override
    public String toString() {
        return "SendStream[" + Integer.toUnsignedString(ssrc) + "]";
    }
}
