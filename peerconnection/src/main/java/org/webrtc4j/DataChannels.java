package org.webrtc4j;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;

/**
 * The data channels of one connection: who they are, which stream each has, and how they open and close.
 *
 * <p>Channels are made on the caller's thread under one short monitor; all else happens in the event place. What the
 * association has to do is posted to the loop.
 */
final class DataChannels {

    private static final int MAX_ID = 65_534;
    private static final int MAX_TEXT_BYTES = 65_535;

    private final Connection connection;
    private final Object monitor = new Object();
    private final Map<Integer, RTCDataChannel> byId = new HashMap<>();
    private final Set<RTCDataChannel> all = new LinkedHashSet<>();
    private final BitSet usedIds = new BitSet();
    private final AtomicLong buffered = new AtomicLong();

    private boolean created;
    private @Nullable Boolean dtlsClient;
    private boolean connected;

    // Statistics, in the event place.
    private int opened;
    private int closed;

    DataChannels(Connection connection) {
        this.connection = connection;
    }

    EventPlace place() {
        return connection.place();
    }

    <E extends Event> void fire(EventTarget target, EventType<E> type, E event) {
        connection.fire(target, type, event);
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
        check(label, init);
        boolean first;
        RTCDataChannel channel;
        synchronized (monitor) {
            if (all.size() >= connection.limits().maxChannels()) {
                throw DOMException.operation("The connection has " + all.size() + " channels, as many as allowed");
            }
            Integer id = init.negotiated() ? init.id() : nextId();
            if (init.negotiated() && id != null) {
                checkFree(id);
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

    private static void check(String label, RTCDataChannelInit init) {
        if (utf8Length(label) > MAX_TEXT_BYTES || utf8Length(init.protocol()) > MAX_TEXT_BYTES) {
            throw DOMException.typeError("Label and protocol are at most 65535 bytes of UTF-8");
        }
        Integer lifetime = init.maxPacketLifeTime();
        Integer retransmits = init.maxRetransmits();
        if (lifetime != null && retransmits != null) {
            throw DOMException.typeError("A channel has maxPacketLifeTime or maxRetransmits, not both");
        }
        checkShort(lifetime, "maxPacketLifeTime");
        checkShort(retransmits, "maxRetransmits");
        Integer id = init.id();
        checkShort(id, "id");
        if (init.negotiated() && id == null) {
            throw DOMException.typeError("A negotiated channel needs an id");
        }
        if (id != null && id > MAX_ID) {
            throw DOMException.typeError("65535 is no id");
        }
    }

    private static void checkShort(@Nullable Integer value, String name) {
        if (value != null && (value < 0 || value > 65_535)) {
            throw DOMException.typeError(name + " is 0 to 65535");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void checkFree(int id) {
        if (usedIds.get(id)) {
            throw DOMException.operation("The id " + id + " is taken");
        }
        Integer max = maxChannels();
        if (max != null && id >= max) {
            throw DOMException.operation("The association has " + max + " streams, so there is no id " + id);
        }
    }

    /** The next free id of our parity (RFC 8832 section 6); null while the DTLS roles are not known. */
    private @Nullable Integer nextId() {
        Boolean client = dtlsClient;
        if (client == null) {
            return null;
        }
        int id = client ? 0 : 1;
        while (usedIds.get(id)) {
            id += 2;
        }
        Integer max = maxChannels();
        if (id > MAX_ID || (max != null && id >= max)) {
            throw DOMException.operation("Every id of this side is taken");
        }
        return id;
    }

    private @Nullable Integer maxChannels() {
        RTCSctpTransport association = connection.transports().sctp();
        return association == null ? null : association.maxChannels();
    }

    private void take(RTCDataChannel channel, int id) {
        usedIds.set(id);
        byId.put(id, channel);
        channel.id(id);
    }

    /** The DTLS roles are known: channels without an id get theirs. In the event place. */
    void assignIds(boolean client) {
        List<RTCDataChannel> assigned = new ArrayList<>();
        List<RTCDataChannel> negotiated = new ArrayList<>();
        synchronized (monitor) {
            boolean first = dtlsClient == null;
            dtlsClient = client;
            for (RTCDataChannel each : all) {
                if (each.id() == null && each.readyState() == RTCDataChannelState.CONNECTING) {
                    Integer id = nextId();
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
            if (dtlsClient == null) {
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
        DataChannelParameters parameters = parameters(channel.label(), init);
        boolean accepted = init.negotiated()
                ? connection.driver().openNegotiated(id, parameters)
                : connection.driver().open(id, parameters);
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
                    || usedIds.get(id)
                    || all.size() >= connection.limits().maxChannels()) {
                connection.driver().execute(() -> connection.driver().closeChannel(id));
                return;
            }
            channel = new RTCDataChannel(this, parameters.label(), init(parameters), id, RTCDataChannelState.OPEN);
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

    void onMessage(int id, boolean text, byte[] payload) {
        RTCDataChannel channel = find(id);
        if (channel == null) {
            connection.driver().execute(() -> connection.driver().consumed(id, payload.length));
        } else {
            channel.inbound.arrived(text, payload);
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
            finish(channel, null);
        }
    }

    void onBufferedAmountLow(RTCDataChannel channel) {
        place().execute(() -> {
            if (channel.readyState() == RTCDataChannelState.OPEN
                    || channel.readyState() == RTCDataChannelState.CLOSING) {
                connection.fire(channel, EventType.BUFFEREDAMOUNTLOW);
            }
        });
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
            connection.driver().execute(() -> connection.driver().closeChannel(id));
        }
        if (!waitsForReset) {
            place().execute(() -> finish(channel, null));
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
        connection.driver().execute(() -> connection.driver().endAssociation());
    }

    private void finish(RTCDataChannel channel, @Nullable RTCError error) {
        synchronized (monitor) {
            if (!all.remove(channel)) {
                return;
            }
            Integer id = channel.id();
            if (id != null) {
                byId.remove(id, channel);
                usedIds.clear(id);
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
            usedIds.clear();
        }
        for (RTCDataChannel each : open) {
            each.readyState(RTCDataChannelState.CLOSED);
            each.buffer.closed();
            place().execute(each.inbound::closed);
        }
    }

    // --- bytes

    void checkMessageSize(int bytes) {
        RTCSctpTransport association = connection.transports().sctp();
        if (association != null && bytes > association.maxMessageSize()) {
            throw DOMException.typeError("The other side takes messages of at most "
                    + (long) association.maxMessageSize() + " bytes, not " + bytes);
        }
    }

    /** Counts bytes against the limits of connection and runtime; false when there is no room. */
    boolean reserve(int bytes) {
        if (buffered.addAndGet(bytes) > connection.limits().maxBufferedBytes()) {
            buffered.addAndGet(-bytes);
            return false;
        }
        if (!connection.runtime().reserve(bytes)) {
            buffered.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        buffered.addAndGet(-bytes);
        connection.runtime().release(bytes);
    }

    long buffered() {
        return buffered.get();
    }

    void send(RTCDataChannel channel, boolean text, byte[] payload) {
        connection.driver().execute(() -> {
            Integer id = channel.id();
            if (id == null || !connection.driver().send(id, text, payload)) {
                channel.buffer.release(payload.length);
            }
        });
    }

    /** Lets bufferedAmount follow what left the association, on the loop at the end of each step of a turn. */
    void settle() {
        connection.driver().drainSent((id, bytes) -> {
            RTCDataChannel channel = find(id);
            if (channel != null) {
                channel.buffer.release(bytes);
            }
        });
    }

    /** The handlers of a message have returned: the window may open again. */
    void consumed(RTCDataChannel channel, int bytes) {
        Integer id = channel.id();
        if (id == null) {
            return;
        }
        if (connection.driver().isInTurn()) {
            connection.driver().consumed(id, bytes);
        } else {
            connection.driver().execute(() -> connection.driver().consumed(id, bytes));
        }
    }

    private @Nullable RTCDataChannel find(int id) {
        synchronized (monitor) {
            return byId.get(id);
        }
    }

    private static DataChannelParameters parameters(String label, RTCDataChannelInit init) {
        Integer retransmits = init.maxRetransmits();
        Integer lifetime = init.maxPacketLifeTime();
        return new DataChannelParameters(
                label,
                init.protocol(),
                init.ordered(),
                retransmits == null ? DataChannelParameters.UNLIMITED : retransmits,
                lifetime == null ? DataChannelParameters.UNLIMITED : lifetime,
                DataChannelParameters.NORMAL_PRIORITY);
    }

    private static RTCDataChannelInit init(DataChannelParameters parameters) {
        return new RTCDataChannelInit(
                parameters.ordered(),
                limit(parameters.maxPacketLifeTimeMillis()),
                limit(parameters.maxRetransmits()),
                parameters.protocol(),
                false,
                null);
    }

    /** The wire has 32 bits for a limit, the API 16. */
    private static @Nullable Integer limit(int value) {
        return value == DataChannelParameters.UNLIMITED ? null : Integer.valueOf(Math.min(value, 65_535));
    }
}
