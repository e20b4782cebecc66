package org.webrtc4j.sctp.datachannel;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;

/**
 * How channels end (RFC 8831 section 6.7): what is queued leaves, our half of the stream is reset, the peer resets its own;
 * when both are done the channel is closed and its id free.
 */
final class ChannelClosing {

    private final ChannelTable channels;
    private final SctpAssociation association;
    private final DataChannelSink sink;
    /** Channels closing whose queued messages have to leave before their stream is reset. */
    private final List<Channel> draining = new ArrayList<>();

    ChannelClosing(ChannelTable channels, SctpAssociation association, DataChannelSink sink) {
        this.channels = channels;
        this.association = association;
        this.sink = sink;
    }

    void begin(Channel channel) {
        if (!channel.closing) {
            channel.closing = true;
            draining.add(channel);
        }
    }

    /** Resets the streams of closing channels that have nothing queued any more; tells whether there were some. */
    boolean resetDrained(long nowNanos) {
        if (draining.isEmpty()) {
            return false;
        }
        List<Channel> drained = new ArrayList<>();
        for (Channel channel : draining) {
            if (!association.hasQueued(channel.id)) {
                drained.add(channel);
            }
        }
        draining.removeAll(drained);
        for (Channel channel : drained) {
            channel.resetRequested = true;
        }
        association.resetStreams(drained.stream().mapToInt(c -> c.id).toArray(), nowNanos);
        return !drained.isEmpty();
    }

    void onReset(SctpEvent.StreamsReset reset) {
        if (reset.direction() == SctpEvent.StreamsReset.Direction.INCOMING
                && reset.streamIds().isEmpty()) {
            channels.all().forEach(this::onIncomingReset);
            return;
        }
        for (int id : reset.streamIds()) {
            Channel channel = channels.get(id);
            if (channel == null) {
                continue;
            }
            switch (reset.direction()) {
                case INCOMING -> onIncomingReset(channel);
                case OUTGOING -> {
                    channel.outgoingReset = channel.resetRequested;
                    finishIfReset(channel);
                }
                // The peer cannot reset streams: what is left is to forget the channel.
                case OUTGOING_DENIED -> finish(channel);
            }
        }
    }

    private void onIncomingReset(Channel channel) {
        channel.incomingReset = true;
        if (!channel.closing) {
            begin(channel);
            sink.onEvent(new DataChannelEvent.Closing(channel.id));
        }
        finishIfReset(channel);
    }

    private void finishIfReset(Channel channel) {
        if (channel.incomingReset && channel.outgoingReset) {
            finish(channel);
        }
    }

    private void finish(Channel channel) {
        channels.remove(channel);
        draining.remove(channel);
        association.setStreaming(channel.id, false);
        sink.onEvent(new DataChannelEvent.Closed(channel.id));
    }

    /** Closes, without asking the peer, the channels from an id on. */
    void finishFrom(int id) {
        for (Channel channel : channels.all()) {
            if (channel.id >= id) {
                finish(channel);
            }
        }
    }

    /** The association is over: its own event stands for all channels. */
    void forgetAll() {
        draining.clear();
        channels.all().forEach(channels::remove);
    }

    boolean consistent() {
        for (Channel channel : draining) {
            if (!channel.closing || channels.get(channel.id) != channel) {
                return false;
            }
        }
        return true;
    }
}
