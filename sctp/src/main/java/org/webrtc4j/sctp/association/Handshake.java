package org.webrtc4j.sctp.association;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.Capabilities;
import org.webrtc4j.sctp.packet.CauseCode;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.InitChunk;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.packet.ParameterType;
import org.webrtc4j.sctp.shared.SctpTimer;

/** The four-way set-up, its collisions, and restarts (RFC 9260 sections 5.1 and 5.2). */
final class Handshake {

    private final ControlBlock block;
    private final StreamResets resets;
    private final PathMtu path;
    private final CookieSeal seal;

    private int initialTsn;
    private Replies.@Nullable Reply ownInit;
    private byte[] cookieEcho = new byte[0];
    private boolean cookieEchoDue;
    private long timeoutNanos;
    private int retransmits;

    Handshake(ControlBlock block, StreamResets resets, PathMtu path) {
        this.block = block;
        this.resets = resets;
        this.path = path;
        seal = new CookieSeal(block.random);
    }

    void connect(long nowNanos) {
        block.localTag = block.newTag();
        initialTsn = block.newInitialTsn();
        block.state = SctpState.COOKIE_WAIT;
        startTimer(nowNanos);
        sendInit();
    }

    /** Both INIT chunks have travelled by signalling: the association is there at once (draft-hancke-tsvwg-snap). */
    void begin(InitChunk init, long nowNanos) {
        SctpOptions options = block.options;
        block.localTag = block.newTag();
        block.peerTag = init.tag();
        initialTsn = block.newInitialTsn();
        adopt(
                initialTsn,
                init.initialTsn(),
                init.window(),
                Math.min(options.outboundStreams(), init.inboundStreams()),
                Math.min(options.inboundStreams(), init.outboundStreams()),
                block.capabilities().and(init.capabilities()));
        established(nowNanos);
    }

    private void startTimer(long nowNanos) {
        timeoutNanos = block.options.rtoInitialNanos();
        retransmits = 0;
        block.timers.start(SctpTimer.T1, nowNanos + timeoutNanos);
    }

    private void sendInit() {
        SctpOptions options = block.options;
        byte[] init = ControlChunks.init(
                block.localTag,
                options.receiveWindow(),
                options.outboundStreams(),
                options.inboundStreams(),
                initialTsn,
                block.capabilities());
        // The one packet whose tag is zero (section 8.5.1 A).
        ownInit = block.replies.request(0, init, true);
    }

    void onTimeout(long nowNanos) {
        if (block.options.maxInitRetransmits() != SctpOptions.UNLIMITED
                && ++retransmits > block.options.maxInitRetransmits()) {
            block.tooManyRetries("no answer during the set-up");
            return;
        }
        timeoutNanos = block.sender.timeout().backedOff(timeoutNanos);
        block.timers.start(SctpTimer.T1, nowNanos + timeoutNanos);
        if (block.state == SctpState.COOKIE_WAIT) {
            sendInit();
        } else {
            cookieEchoDue = true;
            block.sender.onSetupTimeout();
        }
    }

    /** INIT, from a stranger as far as we know: nothing here changes (section 5.1.3, 5.2.1, 5.2.2). */
    void onInit(InitChunk init, long nowNanos) {
        if (init.tag() == 0) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            return;
        }
        String refusal = init.refusal();
        if (refusal != null) {
            block.counters.drop(SctpDrop.MALFORMED_CHUNK);
            int cause = init.hostName() ? CauseCode.INVALID_MANDATORY_PARAMETER : CauseCode.PROTOCOL_VIOLATION;
            block.replies.answer(init.tag(), ControlChunks.abort(cause, refusal), true);
            return;
        }
        if (block.over) {
            block.replies.answer(init.tag(), ControlChunks.abort(CauseCode.NONE, ""), true);
            return;
        }
        if (block.state == SctpState.SHUTDOWN_ACK_SENT) {
            block.answer(ControlChunks.empty(ChunkType.SHUTDOWN_ACK, 0));
            return;
        }
        if (ownInit != null && block.state == SctpState.COOKIE_WAIT) {
            // Both begin in one turn: ours, where it has not left yet, waits for T1, and two set-ups need not cross.
            block.replies.withdraw(ownInit);
        }
        boolean settingUp = block.state == SctpState.COOKIE_WAIT || block.state == SctpState.COOKIE_ECHOED;
        boolean tied = block.state != SctpState.CLOSED && block.state != SctpState.COOKIE_WAIT;
        SctpOptions options = block.options;
        StateCookie cookie = new StateCookie(
                nowNanos,
                settingUp ? block.localTag : block.newTag(),
                init.tag(),
                settingUp ? initialTsn : block.newInitialTsn(),
                init.initialTsn(),
                (int) init.window(),
                Math.min(options.outboundStreams(), init.inboundStreams()),
                Math.min(options.inboundStreams(), init.outboundStreams()),
                block.capabilities().and(init.capabilities()),
                tied ? block.localTag : 0,
                tied ? block.peerTag : 0);
        byte[] answer = ControlChunks.initAck(
                cookie.localTag(),
                options.receiveWindow(),
                options.outboundStreams(),
                options.inboundStreams(),
                cookie.localTsn(),
                block.capabilities(),
                seal.seal(cookie.toBytes()),
                init.unrecognized(),
                options.maxPacketSize() - PacketBuilder.HEADER_SIZE);
        // RFC 9653 section 5.2: the peer has announced it in this very INIT.
        block.replies.answerAlone(init.tag(), answer, cookie.capabilities().zeroChecksum());
    }

    void onInitAck(InitChunk ack, long nowNanos) {
        if (block.state != SctpState.COOKIE_WAIT) {
            // Section 5.2.3: a second one is discarded; the cookie of either works.
            block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
            return;
        }
        if (ack.tag() == 0) {
            block.violation("INIT ACK with tag 0");
            return;
        }
        block.peerTag = ack.tag();
        String refusal = ack.refusal();
        byte[] cookie = ack.cookie();
        if (refusal != null) {
            block.violation("INIT ACK: " + refusal);
            return;
        }
        if (cookie == null) {
            byte[] missing =
                    new ByteWriter(6).i32(1).u16(ParameterType.STATE_COOKIE).array();
            block.replies.request(
                    block.peerTag, ControlChunks.abort(false, CauseCode.MISSING_PARAMETER, missing), true);
            block.close(new SctpCloseCause(
                    SctpCloseCause.Kind.PROTOCOL_VIOLATION, CauseCode.MISSING_PARAMETER, "INIT ACK without a cookie"));
            return;
        }
        cookieEcho = ControlChunks.chunk(ChunkType.COOKIE_ECHO, 0, cookie);
        if (cookieEcho.length > block.options.maxPacketSize() - PacketBuilder.HEADER_SIZE) {
            block.violation("cookie longer than a packet");
            return;
        }
        SctpOptions options = block.options;
        adopt(
                initialTsn,
                ack.initialTsn(),
                ack.window(),
                Math.min(options.outboundStreams(), ack.inboundStreams()),
                Math.min(options.inboundStreams(), ack.outboundStreams()),
                block.capabilities().and(ack.capabilities()));
        block.state = SctpState.COOKIE_ECHOED;
        cookieEchoDue = true;
        startTimer(nowNanos);
        for (byte[] parameter : ack.unrecognized()) {
            block.error(CauseCode.UNRECOGNIZED_PARAMETERS, parameter, parameter.length, nowNanos);
        }
    }

    private void adopt(
            int localTsn,
            int peerTsn,
            long peerWindow,
            int outboundStreams,
            int inboundStreams,
            Capabilities capabilities) {
        block.outboundStreams = outboundStreams;
        block.negotiated = capabilities;
        block.sender.start(localTsn & 0xffff_ffffL, peerWindow, capabilities);
        block.receiver.start(peerTsn, inboundStreams, capabilities.interleaving());
        resets.start(localTsn, peerTsn);
        path.reset();
    }

    private void adopt(StateCookie cookie) {
        block.localTag = cookie.localTag();
        block.peerTag = cookie.peerTag();
        initialTsn = cookie.localTsn();
        adopt(
                cookie.localTsn(),
                cookie.peerTsn(),
                cookie.peerWindow() & 0xffff_ffffL,
                cookie.outboundStreams(),
                cookie.inboundStreams(),
                cookie.capabilities());
    }

    /**
     * COOKIE ECHO (sections 5.1.5 and 5.2.4).
     *
     * @return whether chunks after it in the packet belong to the association
     */
    boolean onCookieEcho(int packetTag, byte[] array, int offset, int length, long nowNanos) {
        byte[] content = seal.open(array, offset, length);
        StateCookie cookie = content == null ? null : StateCookie.parse(content);
        if (cookie == null || cookie.localTag() != packetTag || block.over) {
            block.counters.drop(SctpDrop.FOREIGN_COOKIE);
            return false;
        }
        boolean local = cookie.localTag() == block.localTag;
        boolean peer = cookie.peerTag() == block.peerTag;
        boolean exists = block.state != SctpState.CLOSED;
        long age = nowNanos - cookie.createdNanos();
        // Section 5.2.4: a cookie of the association that exists is good however old it is.
        if (age > block.options.cookieLifeNanos() && !(exists && local && peer)) {
            block.counters.drop(SctpDrop.STALE_COOKIE);
            long stale = (age - block.options.cookieLifeNanos()) / 1000;
            byte[] value = ControlChunks.bytes((int) Math.min(stale, Integer.MAX_VALUE));
            block.replies.answer(
                    cookie.peerTag(), ControlChunks.error(CauseCode.STALE_COOKIE, value, value.length), true);
            return false;
        }
        boolean settingUp = block.state == SctpState.COOKIE_WAIT || block.state == SctpState.COOKIE_ECHOED;
        if (!exists) {
            adopt(cookie);
            established(nowNanos);
        } else if (local && peer) {
            // D: the same association; in COOKIE-ECHOED it is as good as a COOKIE ACK.
            if (settingUp) {
                established(nowNanos);
            }
        } else if (local && settingUp) {
            // B: both sides have begun at once.
            block.sender.queue().restart();
            adopt(cookie);
            established(nowNanos);
        } else if (!local && !peer && !settingUp && isTied(cookie)) {
            return restart(cookie, nowNanos);
        } else {
            // C, and everything not in the table: an old one, silently discarded.
            block.counters.drop(SctpDrop.FOREIGN_COOKIE);
            return false;
        }
        block.answer(ControlChunks.empty(ChunkType.COOKIE_ACK, 0));
        return true;
    }

    private boolean isTied(StateCookie cookie) {
        return cookie.localTieTag() == block.localTag && cookie.peerTieTag() == block.peerTag;
    }

    /** A: the peer has started again. */
    private boolean restart(StateCookie cookie, long nowNanos) {
        if (block.state == SctpState.SHUTDOWN_ACK_SENT) {
            block.answer(ControlChunks.empty(ChunkType.SHUTDOWN_ACK, 0));
            block.error(CauseCode.COOKIE_WHILE_SHUTTING_DOWN, new byte[0], 0, nowNanos);
            return false;
        }
        block.timers.stopAll();
        block.replies.clear();
        block.errors.clear();
        block.sender.queue().restart();
        adopt(cookie);
        block.state = SctpState.ESTABLISHED;
        block.events.add(new SctpEvent.Restarted());
        block.answer(ControlChunks.empty(ChunkType.COOKIE_ACK, 0));
        return true;
    }

    void onCookieAck(long nowNanos) {
        if (block.state != SctpState.COOKIE_ECHOED) {
            block.counters.drop(SctpDrop.UNEXPECTED_CHUNK);
            return;
        }
        established(nowNanos);
    }

    /** The peer finds our cookie too old (section 5.2.6): begin again. */
    void onStaleCookie(long nowNanos) {
        if (block.state == SctpState.COOKIE_ECHOED) {
            cookieEchoDue = false;
            block.sender.queue().restart();
            block.sender.start(initialTsn & 0xffff_ffffL, 0, Capabilities.NONE);
            block.peerTag = 0;
            block.state = SctpState.COOKIE_WAIT;
            block.timers.start(SctpTimer.T1, nowNanos + timeoutNanos);
            sendInit();
        }
    }

    private void established(long nowNanos) {
        block.timers.stop(SctpTimer.T1);
        block.errors.clear();
        cookieEchoDue = false;
        cookieEcho = new byte[0];
        block.state = SctpState.ESTABLISHED;
        block.events.add(new SctpEvent.Connected(block.receiver.streamCount(), block.outboundStreams));
        block.sender.onEstablished(nowNanos);
    }

    boolean isCookieEchoDue() {
        return cookieEchoDue;
    }

    /** The COOKIE ECHO, for the front of the packet that leaves now. */
    byte[] takeCookieEcho() {
        cookieEchoDue = false;
        return cookieEcho;
    }
}
