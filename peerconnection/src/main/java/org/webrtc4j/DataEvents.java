package org.webrtc4j;

import java.util.OptionalInt;
import org.webrtc4j.sctp.SctpCloseCause;
import org.webrtc4j.sctp.datachannel.DataChannelEvent;

/** Brings the events of the association to the channels and the transport, in the event place. */
final class DataEvents {

    private DataEvents() {}

    static void deliver(DataChannelEvent event, Connection connection) {
        DataChannels channels = connection.channels();
        if (event instanceof DataChannelEvent.Message message) {
            channels.traffic().onMessage(message.id(), !message.binary(), message.payload());
        } else if (event instanceof DataChannelEvent.MessagePart part) {
            channels.traffic().onMessagePart(part.id(), !part.binary(), part.message(), part.payload(), part.last());
        } else if (event instanceof DataChannelEvent.MessageAborted aborted) {
            channels.traffic().onMessageAborted(aborted.id(), aborted.message());
        } else if (connection.isClosed()) {
            return;
        } else if (event instanceof DataChannelEvent.Opened opened) {
            channels.onIncoming(opened.id(), opened.parameters());
        } else if (event instanceof DataChannelEvent.Closing closing) {
            channels.onClosing(closing.id());
        } else if (event instanceof DataChannelEvent.Closed closed) {
            channels.onClosed(closed.id());
        } else if (event instanceof DataChannelEvent.Established established) {
            connection.transports().onSctpConnected(Math.min(established.maxInbound(), established.maxOutbound()));
            channels.onConnected();
        } else if (event instanceof DataChannelEvent.AssociationClosed over) {
            SctpCloseCause cause = over.cause();
            boolean failed = isFailure(cause);
            connection.onSctpClosed(
                    cause.message(),
                    cause.causeCode() == 0 ? OptionalInt.empty() : OptionalInt.of(cause.causeCode()),
                    failed);
        }
    }

    private static boolean isFailure(SctpCloseCause cause) {
        return switch (cause.kind()) {
            case LOCAL_SHUTDOWN, PEER_SHUTDOWN, LOCAL_ABORT -> false;
            // A peer that closes its connection sends an ABORT for that reason: nothing failed (RFC 9260 section
            // 3.3.10.12).
            case PEER_ABORT -> cause.causeCode() != USER_INITIATED;
            case TOO_MANY_RETRIES, PROTOCOL_VIOLATION, OUT_OF_RESOURCE -> true;
        };
    }

    private static final int USER_INITIATED = 12;
}
