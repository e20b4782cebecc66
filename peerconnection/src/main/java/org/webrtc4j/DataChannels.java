package org.webrtc4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;

/**
 * The data channels of one connection: who they are, which stream each has, and how they open and close.
 *
 * <p>Channels are made on the caller's thread under one short monitor; all else happens in the event place. What the
 * association has to do is posted to the loop.
 */
final class DataChannels {

    private final Connection connection;
    private final Object monitor = new Object();
    private final Map<Integer, RTCDataChannel> byId = new HashMap<>();
    private final Set<RTCDataChannel> all = new LinkedHashSet<>();
    private final ChannelIds ids = new ChannelIds();
    private final ChannelTraffic traffic;

    private boolean created;
    private boolean connected;

    // Statistics, in the event place.
    private int opened;
    private int closed;

    DataChannels(Connection connection) {
        this.connection = connection;
        traffic = new ChannelTraffic(connection, this);
    }

    ChannelTraffic traffic() {
        return traffic;
    }

    EventPlace place() {
        return connection.place();
    }

    /** Whether this side has ever wanted a channel. */
    boolean anyCreated() {
        synchronized (monitor) {
            return created;
        }
    }

    List<RTCDataChannel> snapshot() {
        synchronized (monitor) {
            return List.copyOf(all);
        }
    }

    int opened() {
        return opened;
    }

    int closed() {
        return closed;
    }

    // --- making channels

    RTCDataChannel create(String label, RTCDataChannelInit init) {
        ChannelInitCheck.check(label, init);
        boolean first;
        RTCDataChannel channel;
        synchronized (monitor) {
            if (all.size() >= connection.limits().maxChannels()) {
                throw DOMException.operation("The connection has " + all.size() + " channels, as many as allowed");
            }
            Integer id = init.negotiated() ? init.id() : ids.next(maxChannels());
            if (init.negotiated() && id != null) {
                ids.check(id, maxChannels());
            }
            channel = new RTCDataChannel(this, label, init, id, RTCDataChannelState.CONNECTING);
            all.add(channel);
            first = !created;
            created = true;
            if (id != null) {
                take(channel, id);
            }
        }
        if (channel.id() != null) {
            openStream(channel);
        }
        if (first) {
            connection.negotiation().updateNegotiationNeeded();
        }
        return channel;
    }

    private @Nullable Integer maxChannels() {
        RTCSctpTransport association = connection.transports().sctp();
        return association == null ? null : association.maxChannels();
    }

    private void take(RTCDataChannel channel, int id) {
        ids.take(id);
        byId.put(id, channel);
        channel.id(id);
    }

    /** The DTLS roles are known: channels without an id get theirs. In the event place. */
    void assignIds(boolean client) {
        List<RTCDataChannel> assigned = new ArrayList<>();
        List<RTCDataChannel> negotiated = new ArrayList<>();
        synchronized (monitor) {
            boolean first = ids.role(client);
            for (RTCDataChannel each : all) {
                if (each.id() == null && each.readyState() == RTCDataChannelState.CONNECTING) {
                    Integer id = ids.next(maxChannels());
                    if (id != null) {
                        take(each, id);
                        assigned.add(each);
                    }
                } else if (first && each.negotiated()) {
                    negotiated.add(each);
                }
            }
        }
        negotiated.forEach(this::openStream);
        assigned.forEach(this::openStream);
    }

    private void openStream(RTCDataChannel channel) {
        synchronized (monitor) {
            if (!ids.roleKnown()) {
                return;
            }
        }
        connection.driver().execute(() -> openOnLoop(channel));
    }

    private void openOnLoop(RTCDataChannel channel) {
        Integer id = channel.id();
        if (id == null) {
            return;
        }
        RTCDataChannelInit init = channel.init();
        DataChannelParameters parameters = ChannelInitCheck.translate(channel.label(), init);
        boolean accepted = init.negotiated()
                ? connection.driver().data().openNegotiated(id, parameters)
                : connection.driver().data().open(id, parameters);
        if (accepted && channel.inbound.isStreaming()) {
            connection.driver().data().setStreaming(id, true);
        }
        place().execute(() -> {
            if (!accepted) {
                finish(
                        channel,
                        new RTCError(
                                RTCErrorDetailType.DATA_CHANNEL_FAILURE, "The stream " + id + " could not be opened"));
            } else if (connected) {
                announceOpen(channel);
            }
        });
    }

    // --- what the association tells, in the event place

    void onConnected() {
        connected = true;
        for (RTCDataChannel each : snapshot()) {
            if (each.id() != null) {
                announceOpen(each);
            }
        }
    }

    private void announceOpen(RTCDataChannel channel) {
        if (channel.readyState() == RTCDataChannelState.CONNECTING) {
            channel.readyState(RTCDataChannelState.OPEN);
            opened++;
            connection.fire(channel, EventType.OPEN);
        }
    }

    void onIncoming(int id, DataChannelParameters parameters) {
        RTCDataChannel channel;
        synchronized (monitor) {
            if (connection.isClosed()
                    || ids.isTaken(id)
                    || all.size() >= connection.limits().maxChannels()) {
                connection.driver().execute(() -> connection.driver().data().close(id));
                return;
            }
            channel = new RTCDataChannel(
                    this, parameters.label(), ChannelInitCheck.translate(parameters), id, RTCDataChannelState.OPEN);
            all.add(channel);
            take(channel, id);
        }
        opened++;
        connection.fire(
                EventType.DATACHANNEL,
                new RTCDataChannelEvent(EventType.DATACHANNEL.name(), connection.target(), channel));
        if (channel.readyState() == RTCDataChannelState.OPEN) {
            connection.fire(channel, EventType.OPEN);
        }
    }

    /** The other side closes the channel. */
    void onClosing(int id) {
        RTCDataChannel channel = find(id);
        if (channel != null
                && channel.readyState() != RTCDataChannelState.CLOSING
                && channel.readyState() != RTCDataChannelState.CLOSED) {
            channel.readyState(RTCDataChannelState.CLOSING);
            connection.fire(channel, EventType.CLOSING);
        }
    }

    void onClosed(int id) {
        RTCDataChannel channel = find(id);
        if (channel != null) {
            onClosing(id);
            // What the other side sent before its close is read first, however long the reader pauses.
            channel.inbound.whenRead(() -> finish(channel, null));
        } else {
            // It was closed here before it was open; only now is its stream free for another.
            synchronized (monitor) {
                ids.free(id);
            }
        }
    }

    // --- closing

    void close(RTCDataChannel channel) {
        boolean waitsForReset;
        synchronized (monitor) {
            RTCDataChannelState state = channel.readyState();
            if (state == RTCDataChannelState.CLOSING || state == RTCDataChannelState.CLOSED) {
                return;
            }
            waitsForReset = state == RTCDataChannelState.OPEN;
            channel.closedHere();
            channel.readyState(RTCDataChannelState.CLOSING);
        }
        Integer id = channel.id();
        if (id != null) {
            connection.driver().execute(() -> connection.driver().data().close(id));
        }
        if (!waitsForReset) {
            place().execute(() -> closedBeforeOpen(channel));
        }
    }

    /** No stream carries the channel yet, or it is being reset: the channel need not wait for that, its id has to. */
    private void closedBeforeOpen(RTCDataChannel channel) {
        Integer id = channel.id();
        boolean keepsId;
        synchronized (monitor) {
            keepsId = id != null && ids.roleKnown() && all.contains(channel);
        }
        finish(channel, null);
        if (keepsId && id != null) {
            synchronized (monitor) {
                ids.take(id);
            }
        }
    }

    /** The association or what is below it has ended: every channel closes, an error first when there is one. */
    void transportClosed(@Nullable RTCError error) {
        connected = false;
        for (RTCDataChannel each : snapshot()) {
            finish(each, error);
        }
    }

    /** The other side wants no data section: no channel will ever open. */
    void rejected() {
        for (RTCDataChannel each : snapshot()) {
            finish(each, null);
        }
        connection.driver().execute(() -> connection.driver().data().abort());
    }

    private void finish(RTCDataChannel channel, @Nullable RTCError error) {
        synchronized (monitor) {
            if (!all.remove(channel)) {
                return;
            }
            Integer id = channel.id();
            if (id != null) {
                byId.remove(id, channel);
                ids.free(id);
            }
        }
        if (channel.readyState() != RTCDataChannelState.CONNECTING) {
            closed++;
        }
        channel.readyState(RTCDataChannelState.CLOSED);
        channel.inbound.closed();
        if (error != null) {
            connection.fire(channel, EventType.ERROR, new RTCErrorEvent(EventType.ERROR.name(), channel, error));
        }
        connection.fire(channel, EventType.CLOSE);
        channel.buffer.closed();
    }

    /** close() of the connection: channels are closed, no event fires. From any thread. */
    void connectionClosed() {
        List<RTCDataChannel> open;
        synchronized (monitor) {
            open = List.copyOf(all);
            all.clear();
            byId.clear();
            ids.clear();
        }
        for (RTCDataChannel each : open) {
            each.readyState(RTCDataChannelState.CLOSED);
            each.buffer.closed();
            place().execute(each.inbound::closed);
        }
    }

    @Nullable
    RTCDataChannel find(int id) {
        synchronized (monitor) {
            return byId.get(id);
        }
    }
}
