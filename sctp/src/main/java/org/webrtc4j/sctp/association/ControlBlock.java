package org.webrtc4j.sctp.association;

import java.util.random.RandomGenerator;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.Capabilities;
import org.webrtc4j.sctp.packet.CauseCode;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.rx.Receiver;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.ErrorCounter;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.SctpTimer;
import org.webrtc4j.sctp.tx.Sender;

/** The transmission control block (RFC 9260 section 14): what the parts of one association have in common. */
final class ControlBlock {

    private static final long ERROR_INTERVAL_NANOS = 1_000_000_000L;
    private static final int ERRORS_PER_INTERVAL = 10;
    private static final int PACKET_OVERHEAD = 64;

    final SctpOptions options;
    final RandomGenerator random;
    final TimerTable<SctpTimer> timers = new TimerTable<>(SctpTimer.class);
    final Counters counters = new Counters();
    final EventQueue events;
    final ErrorCounter errors;
    final Sender sender;
    final Receiver receiver;
    final Replies replies;

    SctpState state = SctpState.CLOSED;
    /** Closed has been said: what still arrives is out of the blue. */
    boolean over;

    int localTag;
    int peerTag;
    int outboundStreams;
    /** What both sides understand. */
    Capabilities negotiated = Capabilities.NONE;

    /** When the peer was last heard. */
    long heardAtNanos;

    private long errorsSince;
    private int errorsSent;

    ControlBlock(SctpOptions options, SctpSink sink, RandomGenerator random) {
        this.options = options;
        this.random = random;
        events = new EventQueue(sink);
        errors = new ErrorCounter(options.maxAssociationRetransmits());
        sender = new Sender(options, timers, counters, events, errors);
        receiver = new Receiver(options, timers, counters, events);
        replies = new Replies(options.maxQueuedReplies(), counters);
    }

    /** What this side announces. */
    Capabilities capabilities() {
        return capabilities(options);
    }

    /** What a side with these options announces. */
    static Capabilities capabilities(SctpOptions options) {
        return new Capabilities(
                options.partialReliability(),
                true,
                options.zeroChecksum(),
                options.interleaving(),
                options.interleaving() && options.partialReliability());
    }

    /** A tag is never 0 (RFC 9260 section 3.3.2). One that is given is the first; a restart needs another. */
    int newTag() {
        int given = (int) options.verificationTag();
        if (options.verificationTag() != SctpOptions.RANDOM && given != localTag) {
            return given;
        }
        int tag = random.nextInt();
        while (tag == 0 || tag == localTag) {
            tag = random.nextInt();
        }
        return tag;
    }

    int newInitialTsn() {
        return options.initialTsn() == SctpOptions.RANDOM ? random.nextInt() : (int) options.initialTsn();
    }

    void answer(byte[] chunk) {
        replies.answer(peerTag, chunk, false);
    }

    /** Reports an error, not more than ten times a second. */
    void error(int causeCode, byte[] value, int length, long nowNanos) {
        if (nowNanos - errorsSince >= ERROR_INTERVAL_NANOS) {
            errorsSince = nowNanos;
            errorsSent = 0;
        }
        if (errorsSent == ERRORS_PER_INTERVAL) {
            counters.drop(SctpDrop.ERROR_RATE_LIMIT);
            return;
        }
        errorsSent++;
        // What is echoed never makes the answer larger than a packet.
        int echoed = Math.min(length, options.maxPacketSize() - PACKET_OVERHEAD);
        answer(ControlChunks.error(causeCode, value, echoed));
    }

    /** Ends the association with an ABORT. */
    void abort(SctpCloseCause.Kind kind, int causeCode, String reason) {
        boolean known = peerTag != 0;
        replies.clear();
        if (known) {
            replies.request(peerTag, ControlChunks.abort(causeCode, reason), false);
        }
        close(new SctpCloseCause(kind, causeCode, reason));
    }

    void violation(String reason) {
        abort(SctpCloseCause.Kind.PROTOCOL_VIOLATION, CauseCode.PROTOCOL_VIOLATION, reason);
    }

    void tooManyRetries(String reason) {
        abort(SctpCloseCause.Kind.TOO_MANY_RETRIES, CauseCode.NONE, reason);
    }

    /** Ends the association; answers that are queued still leave. */
    void close(SctpCloseCause cause) {
        if (over) {
            return;
        }
        over = true;
        state = SctpState.CLOSED;
        timers.stopAll();
        sender.queue().clear();
        sender.start(0, 0, Capabilities.NONE);
        // The last event: it stands for all messages under way.
        events.add(new SctpEvent.Closed(cause));
        receiver.start(0, 0, false);
    }
}
