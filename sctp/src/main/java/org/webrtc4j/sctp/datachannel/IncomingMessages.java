package org.webrtc4j.sctp.datachannel;

import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;

/** What comes on streams: data of channels, and the messages that open and acknowledge them. */
final class IncomingMessages {

    /** Takes a message that wants to open a channel. */
    @FunctionalInterface
    interface Opening {
        void onOpen(int id, byte[] payload);
    }

    private static final byte[] NOTHING = new byte[0];

    private final ChannelTable channels;
    private final SctpAssociation association;
    private final DataChannelSink sink;
    private final Opening opening;
    private long unexpected;

    IncomingMessages(ChannelTable channels, SctpAssociation association, DataChannelSink sink, Opening opening) {
        this.channels = channels;
        this.association = association;
        this.sink = sink;
        this.opening = opening;
    }

    /** Messages of no channel or of an unknown kind. */
    long unexpected() {
        return unexpected;
    }

    void onMessage(SctpEvent.Message message) {
        int id = message.streamId();
        if (message.ppid() == Ppid.CONTROL) {
            onControl(id, message.payload());
            association.consumed(id, message.payload().length, 0);
            return;
        }
        Channel channel = channels.get(id);
        int ppid = message.ppid();
        boolean empty = ppid == Ppid.EMPTY_STRING || ppid == Ppid.EMPTY_BINARY;
        boolean binary = ppid == Ppid.BINARY || ppid == Ppid.EMPTY_BINARY;
        if (channel == null || !(empty || binary || ppid == Ppid.STRING)) {
            unexpected++;
            association.consumed(id, message.payload().length, 0);
            return;
        }
        // Data is as good as an answer (RFC 8832 section 6).
        channel.known = true;
        sink.onEvent(new DataChannelEvent.Message(id, binary, empty ? NOTHING : message.payload()));
    }

    void onPart(SctpEvent.MessagePart part) {
        int id = part.streamId();
        Channel channel = channels.get(id);
        if (channel == null || !mayHaveParts(part.ppid())) {
            unexpected += part.last() ? 1 : 0;
            association.consumed(id, part.payload().length, 0);
            return;
        }
        channel.known = true;
        boolean binary = part.ppid() == Ppid.BINARY;
        sink.onEvent(new DataChannelEvent.MessagePart(id, binary, part.message(), part.payload(), part.last()));
    }

    void onAborted(SctpEvent.MessageAborted aborted) {
        if (channels.get(aborted.streamId()) != null && mayHaveParts(aborted.ppid())) {
            sink.onEvent(new DataChannelEvent.MessageAborted(aborted.streamId(), aborted.message()));
        }
    }

    /** One that stands for an empty message has a single byte, and nobody opens a channel that is there. */
    private static boolean mayHaveParts(int ppid) {
        return ppid == Ppid.BINARY || ppid == Ppid.STRING;
    }

    private void onControl(int id, byte[] payload) {
        switch (payload[0]) {
            case Dcep.OPEN -> opening.onOpen(id, payload);
            case Dcep.ACK -> {
                Channel channel = channels.get(id);
                if (channel == null || channel.known) {
                    unexpected++;
                } else {
                    channel.known = true;
                    sink.onEvent(new DataChannelEvent.Acknowledged(id));
                }
            }
            default -> unexpected++;
        }
    }
}
