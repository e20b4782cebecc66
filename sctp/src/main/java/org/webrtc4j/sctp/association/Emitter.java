package org.webrtc4j.sctp.association;

import org.webrtc4j.common.PacketSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.PacketBuilder;

/** Builds the packets of a turn: answers that stand alone, then SACK, control chunks and DATA bundled (RFC 9260 section 6.10). */
final class Emitter {

    /** A SACK with a few reports. */
    private static final int SACK_ROOM = 48;

    /** A sender that lets a fixed burst leave per packet, as usrsctp does, is not starved by a packet that acknowledges eight. */
    private static final int SACKS_PER_PACKET = 4;

    private final ControlBlock block;
    private final Handshake handshake;
    private final PacketSink sink;
    private final PathMtu path;
    private final PacketBuilder packet;

    Emitter(ControlBlock block, Handshake handshake, PathMtu path, PacketSink sink) {
        this.block = block;
        this.handshake = handshake;
        this.sink = sink;
        this.path = path;
        int most = Math.max(block.options.maxPacketSize(), block.options.maxProbedPacketSize());
        packet = new PacketBuilder(most, block.options.localPort(), block.options.remotePort());
    }

    void emit(long nowNanos) {
        block.sender.beginTurn(nowNanos);
        boolean sack = acknowledges() && block.receiver.decideSack(nowNanos);
        // Answers come first: a COOKIE ACK may be among them (section 5.1 D).
        if (sack && block.replies.isEmpty()) {
            transmitEarlierSacks();
        }
        boolean more = true;
        while (more) {
            more = emitOne(sack, nowNanos);
            sack = false;
        }
        if (path.isProbeDue()) {
            path.writeProbe(packet, nowNanos);
            transmit(block.negotiated.zeroChecksum());
        }
    }

    /** In packets of equal size, which leave as one segmented send. */
    private void transmitEarlierSacks() {
        for (int left = block.receiver.earlierSacks(); left > 0; left -= SACKS_PER_PACKET) {
            packet.begin(block.peerTag, path.packetSize());
            for (int i = 0; i < Math.min(left, SACKS_PER_PACKET); i++) {
                block.receiver.writeEarlierSack(packet, left - i);
            }
            transmit(block.negotiated.zeroChecksum());
        }
    }

    private boolean acknowledges() {
        return switch (block.state) {
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED -> true;
            default -> false;
        };
    }

    private boolean sendsData() {
        return switch (block.state) {
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_RECEIVED -> true;
            default -> false;
        };
    }

    /** Builds and emits one packet; false when there is nothing to say. */
    private boolean emitOne(boolean sack, long nowNanos) {
        Replies.Reply reply = block.replies.peek();
        if (reply != null && (reply.alone() || reply.tag() != block.peerTag)) {
            packet.begin(reply.tag(), path.packetSize());
            packet.append(reply.chunk());
            block.replies.remove();
            transmit(reply.zeroChecksum());
            return true;
        }
        packet.begin(block.peerTag, path.packetSize());
        boolean cookie = handshake.isCookieEchoDue();
        if (cookie) {
            packet.append(handshake.takeCookieEcho());
        }
        // In COOKIE-ECHOED nothing but the COOKIE ECHO may lead a packet (section 5.1 C).
        if (block.state == SctpState.COOKIE_ECHOED && !cookie) {
            return false;
        }
        boolean data = sendsData();
        boolean wants = data && block.sender.wantsToSend(nowNanos);
        boolean company = reply != null || wants;
        boolean acknowledge = sack || (company && acknowledges() && block.receiver.isSackPending());
        // A COOKIE ACK has to stand before everything that needs the association it completes (section 5.1 D).
        appendReplies(acknowledge ? SACK_ROOM : 0);
        if (acknowledge) {
            block.receiver.writeSack(packet, !company);
        }
        if (wants || cookie) {
            block.sender.fill(packet, nowNanos);
        } else if (data) {
            block.sender.onNothingToSend(nowNanos);
        }
        if (packet.isEmpty()) {
            // What should have been sent again may have been given up instead; then the peer has to be told.
            return data && block.sender.isSkipDue();
        }
        // RFC 9653 section 5.2: never with a COOKIE ECHO, whose receiver may know nothing of this association.
        transmit(block.negotiated.zeroChecksum() && !cookie);
        return true;
    }

    private void appendReplies(int reserved) {
        for (Replies.Reply reply = block.replies.peek(); reply != null; reply = block.replies.peek()) {
            if (reply.alone() || reply.tag() != block.peerTag || packet.room() - reserved < reply.chunk().length) {
                break;
            }
            packet.append(reply.chunk());
            block.replies.remove();
        }
    }

    private void transmit(boolean zeroChecksum) {
        block.counters.packetsSent++;
        sink.transmit(packet.finish(zeroChecksum));
    }
}
