package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.rtp.congestion.FeedbackKind;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;

/**
 * All RTP and RTCP of one connection (RFC 3550, RFC 8834): one bundle of media descriptions over one transport.
 *
 * <p>What comes in passes a fixed order of stages: the packet is parsed and indexed; its arrival is noted for the
 * transport's feedback; its stream is found (RFC 8843 section 9.2) and counts it; a retransmission becomes the packet it
 * repeats; duplicates are dropped; losses are noted to be asked for; taps take it. What goes out: the header is written,
 * the packet is kept for those who ask again, the send time and the transport's number are stamped, taps see it, the sink
 * gets it.
 *
 * <p>{@link #handlePacket} and {@link #handleRtcp} take in plaintext; requests, feedback, reports and retransmissions
 * leave in {@link #handleBatchEnd} and {@link #handleTimeout}; {@link SendStream#send} and {@link SendStream#forward}
 * leave at once, which is what lets a payload be shared, but for own video that has to wait for the pacer. Streams and sections may be added, changed and removed at any
 * time. Nothing is allocated for each packet in steady state. Confined to one thread.
 */
public final class RtpSession implements ProtocolEngine {

    private final RtpSessionOptions options;
    private final RtpSink sink;
    private final TimeSource clock;
    private final RandomGenerator random;
    private final int localSsrc;
    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket historyView = new RtpPacket();
    private final byte[] scratch = new byte[RtpPacket.MAX_SIZE + 2];
    private final DropCounters drops = new DropCounters();
    private final Demultiplexer received;
    private final ArrivalFeedback arrivals = new ArrivalFeedback();
    private final SendControl control;
    private final OutboundPath outbound;
    private final FeedbackWriter feedback;
    private final RtcpInput rtcpInput;
    private final RoundTrip roundTrip = new RoundTrip();
    private final SendStreams sent = new SendStreams();
    private final ReportTimer reports;
    private final RtcpTaps rtcpTaps = new RtcpTaps();
    private HeaderExtensionMap extensions = HeaderExtensionMap.EMPTY;
    private boolean reducedSize;
    private long nowNanos;

    /**
     * Creates a session without streams.
     *
     * @param options how it behaves
     * @param sink where packets and events go
     * @param clock for wall time in reports; never asked for the time of a turn
     * @param random for SSRCs, first numbers and the times of reports
     */
    public RtpSession(RtpSessionOptions options, RtpSink sink, TimeSource clock, RandomGenerator random) {
        this.options = options;
        this.sink = sink;
        this.clock = clock;
        this.random = random;
        reducedSize = options.reducedSize();
        localSsrc = random.nextInt() | 1;
        received = new Demultiplexer(this, options.maxReceiveStreams());
        reports = new ReportTimer(options, random, sent.all(), received.sections());
        control = new SendControl(this, sent);
        outbound = new OutboundPath(sink, control, drops, random.nextInt(1 << 15));
        feedback = new FeedbackWriter(this, options);
        rtcpInput = new RtcpInput(this, received, feedback);
    }

    /**
     * Sets what the identifiers in received packets mean, for all sections (RFC 8843 section 7.2).
     *
     * @param map as negotiated
     */
    public void setHeaderExtensions(HeaderExtensionMap map) {
        extensions = map;
        arrivals.apply(map);
    }

    /**
     * Returns what the identifiers in received packets mean.
     *
     * @return as set last
     */
    public HeaderExtensionMap headerExtensions() {
        return extensions;
    }

    /**
     * Sets whether feedback may leave, and come, without a report before it: negotiated anew, as the options of the beginning
     * may be from before the answer.
     *
     * @param allowed whether {@code a=rtcp-rsize} is negotiated (RFC 5506)
     */
    public void setReducedSize(boolean allowed) {
        reducedSize = allowed;
    }

    /**
     * Sets whether arrivals are told stream by stream (RFC 8888), beside what the transport's numbers ask for.
     *
     * @param told whether {@code a=rtcp-fb:* ack ccfb} is negotiated
     */
    public void setCongestionFeedback(boolean told) {
        arrivals.tellByStream(told);
    }

    /**
     * Begins to estimate how much may be sent, which {@link RtpEvent.TargetBitrateChanged} tells, and to pace it: own video and what
     * is sent again wait their turn, sound and what is forwarded leave at once, and probes are sent as RTX. Estimating goes on with
     * what is known when it is called again.
     *
     * @param kind what the other side tells of arrivals, as negotiated; none ends it
     * @param factory makes the parts where there are none yet
     */
    public void setCongestionControl(FeedbackKind kind, CongestionControl.Factory factory) {
        control.apply(kind, factory);
    }

    /**
     * Sets the bounds of what all streams together may be sent with.
     *
     * @param leastBitsPerSecond it never falls below
     * @param mostBitsPerSecond it never rises above
     */
    public void setBitrateBounds(long leastBitsPerSecond, long mostBitsPerSecond) {
        control.setBounds(leastBitsPerSecond, mostBitsPerSecond);
    }

    /**
     * Returns what media of all streams together may be sent with: what the path carries, less what repairs take of it now.
     *
     * @return bits per second of whole RTP packets, 0 while nothing is estimated
     */
    public long targetBitrate() {
        return control.mediaRate();
    }

    /**
     * Returns what the path is estimated to carry.
     *
     * @return bits per second of whole RTP packets, 0 while nothing is estimated
     */
    public long availableBitrate() {
        return control.availableRate();
    }

    SendControl control() {
        return control;
    }

    boolean reducedSize() {
        return reducedSize;
    }

    /**
     * Begins to receive a media description.
     *
     * @param parameters what it receives
     * @return its section
     */
    public ReceiveSection addReceiveSection(ReceiveParameters parameters) {
        ReceiveSection section = new ReceiveSection(this, parameters);
        received.add(section);
        return section;
    }

    void update(ReceiveSection section, ReceiveParameters parameters) {
        section.apply(parameters);
    }

    /**
     * Ends receiving a media description: its streams are forgotten.
     *
     * @param section as added
     */
    public void removeReceiveSection(ReceiveSection section) {
        received.remove(section);
        assert consistent();
    }

    /**
     * Begins to send a stream.
     *
     * @param parameters what is sent
     * @return the stream
     * @throws IllegalArgumentException when one of its SSRCs is sent already
     */
    public SendStream addSendStream(SendParameters parameters) {
        sent.checkFree(parameters);
        SendStream stream = new SendStream(this, outbound, parameters);
        sent.add(stream);
        assert consistent();
        return stream;
    }

    /**
     * Sends a stream again that was removed. Its numbers go on where they stopped: beginning anew under one SSRC would use
     * packet indexes of SRTP twice with the same keys (RFC 3711 section 9.1).
     *
     * @param stream as removed from this session
     * @param parameters what is sent from now on, with the same SSRC
     * @throws IllegalArgumentException when one of its SSRCs is sent already, or the SSRC is another
     */
    public void resumeSendStream(SendStream stream, SendParameters parameters) {
        sent.checkFree(parameters);
        stream.resume(parameters);
        sent.add(stream);
        assert consistent();
    }

    void rebind(SendStream stream, SendParameters next) {
        sent.rebind(stream, next);
    }

    /**
     * Ends sending a stream; its receiver is told at the end of the turn (RFC 3550 section 6.6).
     *
     * @param stream as added
     */
    public void removeSendStream(SendStream stream) {
        sent.remove(stream);
        control.onRemoved(stream);
        assert consistent();
    }

    /**
     * Adds who sees packets that are sent, after those before it.
     *
     * @param tap sees every packet
     */
    public void addOutboundTap(OutboundTap tap) {
        outbound.addTap(tap);
    }

    /**
     * Removes who saw packets that are sent.
     *
     * @param tap as added
     */
    public void removeOutboundTap(OutboundTap tap) {
        outbound.removeTap(tap);
    }

    /**
     * Adds who sees RTCP in both directions, after those before it.
     *
     * @param tap sees every datagram
     */
    public void addRtcpTap(RtcpTap tap) {
        rtcpTaps.add(tap);
    }

    /**
     * Removes who saw RTCP.
     *
     * @param tap as added
     */
    public void removeRtcpTap(RtcpTap tap) {
        rtcpTaps.remove(tap);
    }

    /**
     * Takes in one plaintext RTP packet. Its bytes may be changed: a retransmission is restored in place.
     *
     * @param buffer the bytes between position and limit of a heap buffer, borrowed for the call
     * @param now the time of this turn
     */
    @Override
    public void handlePacket(ByteBuffer buffer, long now) {
        nowNanos = now;
        RtpDrop problem = packet.parse(buffer, now);
        if (problem != null) {
            drop(problem);
            return;
        }
        if (packet.extensionMalformed()) {
            drop(RtpDrop.BAD_EXTENSION_ELEMENT);
        }
        arrivals.onPacket(packet);
        Demultiplexer.Binding binding = received.find(packet);
        if (binding == null) {
            return;
        }
        onActivity(now);
        arrivals.onStream(packet);
        switch (binding.role) {
            case RTX -> binding.stream.onRtx(packet);
            case FLEXFEC -> binding.stream.onFec(packet);
            default -> binding.stream.onMedia(packet);
        }
        assert consistent();
    }

    /**
     * Takes in the plaintext RTCP packets of one datagram.
     *
     * @param buffer the bytes between position and limit of a heap buffer, borrowed for the call
     * @param now the time of this turn
     */
    public void handleRtcp(ByteBuffer buffer, long now) {
        nowNanos = now;
        rtcpTaps.onRtcp(buffer, false, now);
        rtcpInput.handle(buffer, now);
        assert consistent();
    }

    @Override
    public void handleTimeout(long now) {
        handleBatchEnd(now);
    }

    @Override
    public void handleBatchEnd(long now) {
        nowNanos = now;
        List<SendStream> sending = sent.all();
        for (int i = 0; i < sending.size(); i++) {
            SendStream stream = sending.get(i);
            stream.resend(now);
            if (stream.takeKeyFrameRequest(now)) {
                onEvent(new RtpEvent.KeyFrameRequested(stream));
            }
            if (stream.takeLossChange()) {
                onEvent(new RtpEvent.LossReported(stream, stream.lossPercent()));
            }
        }
        List<ReceiveStream> streams = received.streams();
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).requestFeedback(feedback, now);
        }
        control.handleBatchEnd(outbound, now);
        arrivals.write(feedback, now);
        feedback.byes(sent.ended());
        sent.forgetEnded();
        if (reports.take(now)) {
            feedback.reports(sending, streams, now);
        }
        feedback.flush();
        assert consistent();
    }

    @Override
    public long nextTimeout() {
        long next = Deadlines.earlier(reports.nextTimeout(), arrivals.nextTimeout());
        next = Deadlines.earlier(next, control.nextTimeout(nowNanos));
        List<ReceiveStream> streams = received.streams();
        for (int i = 0; i < streams.size(); i++) {
            next = Deadlines.earlier(next, streams.get(i).nextTimeout(roundTripNanos(), nowNanos));
        }
        List<SendStream> sending = sent.all();
        for (int i = 0; i < sending.size(); i++) {
            next = Deadlines.earlier(next, sending.get(i).nextTimeout(nowNanos));
        }
        return sent.ended().isEmpty() ? next : Deadlines.earlier(next, nowNanos);
    }

    /**
     * Says goodbye for every stream sent, at once; nothing is to be sent afterwards.
     *
     * @param now the time of this turn
     */
    public void close(long now) {
        nowNanos = now;
        for (SendStream stream : List.copyOf(sent.all())) {
            removeSendStream(stream);
        }
        feedback.byes(sent.ended());
        sent.forgetEnded();
        reports.stop();
    }

    /**
     * Returns the SSRC that feedback is signed with.
     *
     * @return 0 to 4294967295
     */
    public long feedbackSsrc() {
        return Integer.toUnsignedLong(localSsrc);
    }

    /**
     * Returns a smoothed round trip by the answers to reports.
     *
     * @return nanoseconds; 100 ms before the first measurement
     */
    public long roundTripNanos() {
        return roundTrip.smoothedNanos();
    }

    /**
     * Returns how often something was dropped.
     *
     * @param reason why
     * @return how often since the beginning
     */
    public long dropped(RtpDrop reason) {
        return drops.of(reason);
    }

    /**
     * Returns what was dropped.
     *
     * @return by reason; reasons that never happened are absent
     */
    public Map<RtpDrop, Long> drops() {
        return drops.snapshot();
    }

    /**
     * Returns how many SSRCs are received, those of RTX included.
     *
     * @return at most {@link RtpSessionOptions#maxReceiveStreams()}
     */
    public int receivedSsrcs() {
        return received.size();
    }

    RtpSessionOptions options() {
        return options;
    }

    RandomGenerator random() {
        return random;
    }

    int localSsrc() {
        return localSsrc;
    }

    byte[] scratch() {
        return scratch;
    }

    RtpPacket historyView() {
        return historyView;
    }

    long nextTransportSequence() {
        return outbound.nextTransportSequence();
    }

    @Nullable
    SendStream sendStream(int ssrc) {
        return sent.get(ssrc);
    }

    long epochMicros(long now) {
        return clock.epochMicros(now);
    }

    void drop(RtpDrop reason) {
        drops.count(reason);
    }

    void onEvent(RtpEvent event) {
        sink.onEvent(event);
    }

    void onStreamAdded(ReceiveStream stream) {
        onEvent(new RtpEvent.StreamAdded(stream));
    }

    void onActivity(long now) {
        reports.onActivity(now);
    }

    void onRoundTrip(int now, int answered, long held) {
        roundTrip.onAnswer(now, answered, held);
    }

    void onRoundTrip(long nanos) {
        roundTrip.onMeasured(nanos);
    }

    void transmitRtcp(ByteBuffer datagram) {
        rtcpTaps.onRtcp(datagram, true, nowNanos);
        sink.transmitRtcp(datagram);
    }

    private boolean consistent() {
        return received.consistent();
    }
}
