package org.webrtc4j.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCDataChannelInit;

/**
 * Makes data channels of a connection.
 *
 * <pre>{@code
 * channel.newDataChannelBootstrap()
 *         .option(DataChannelOption.LABEL, "world")
 *         .option(DataChannelOption.ORDERED, false)
 *         .option(DataChannelOption.MAX_RETRANSMITS, 0)
 *         .handler(new WorldHandler())
 *         .create();
 * }</pre>
 *
 * <p>Not thread-safe; {@link #create()} may be called again, for a further channel.
 */
public final class WebRtcDataChannelBootstrap {

    private final WebRtcChannel parent;
    private final Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
    private final Map<AttributeKey<?>, Object> attributes = new LinkedHashMap<>();
    private @Nullable ChannelHandler handler;

    WebRtcDataChannelBootstrap(WebRtcChannel parent) {
        this.parent = parent;
    }

    /**
     * Sets an option: one of {@link DataChannelOption}, or of those that every channel has.
     *
     * @param option the option
     * @param value its value; null removes it
     * @param <T> the type of the value
     * @return this
     */
    public <T> WebRtcDataChannelBootstrap option(ChannelOption<T> option, @Nullable T value) {
        if (value == null) {
            options.remove(option);
        } else {
            options.put(option, value);
        }
        return this;
    }

    /**
     * Sets an attribute of the channel.
     *
     * @param key its key
     * @param value its value; null removes it
     * @param <T> the type of the value
     * @return this
     */
    public <T> WebRtcDataChannelBootstrap attr(AttributeKey<T> key, @Nullable T value) {
        if (value == null) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
        return this;
    }

    /**
     * Sets the handler, or the initializer that adds several.
     *
     * @param first is added before the channel is registered
     * @return this
     */
    public WebRtcDataChannelBootstrap handler(ChannelHandler first) {
        handler = first;
        return this;
    }

    /**
     * Makes the channel: at once when called on the loop of the connection, otherwise soon. Safe before the connection is
     * active, as long as its channel is registered: such a data channel becomes active with it.
     *
     * @return the channel when it is active; fails with a {@link org.webrtc4j.DOMException} for options that contradict each
     *     other or an id that is taken, and when the channel or its connection closes before
     * @throws IllegalStateException before the channel of the connection was registered
     */
    public Future<WebRtcDataChannel> create() {
        parent.peer();
        Promise<WebRtcDataChannel> created = parent.eventLoop().newPromise();
        RTCDataChannelInit init = init();
        String label = text(DataChannelOption.LABEL);
        Map<ChannelOption<?>, Object> remaining = new LinkedHashMap<>(options);
        remaining
                .keySet()
                .removeIf(option -> option.equals(DataChannelOption.LABEL)
                        || option.equals(DataChannelOption.PROTOCOL)
                        || option.equals(DataChannelOption.ORDERED)
                        || option.equals(DataChannelOption.MAX_RETRANSMITS)
                        || option.equals(DataChannelOption.MAX_PACKET_LIFE_TIME)
                        || option.equals(DataChannelOption.NEGOTIATED_ID));
        Map<AttributeKey<?>, Object> marks = new LinkedHashMap<>(attributes);
        ChannelHandler first = handler;
        parent.onLoop(() -> create(label, init, remaining, marks, first, created));
        return created;
    }

    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // option and value were put together
    private void create(
            String label,
            RTCDataChannelInit init,
            Map<ChannelOption<?>, Object> remaining,
            Map<AttributeKey<?>, Object> marks,
            @Nullable ChannelHandler first,
            Promise<WebRtcDataChannel> created) {
        WebRtcDataChannel child;
        try {
            child = parent.children().made(parent.peer().connection().createDataChannel(label, init));
        } catch (RuntimeException refused) {
            created.tryFailure(refused);
            return;
        }
        child.whenActive(created);
        marks.forEach((key, value) -> child.attr((AttributeKey<Object>) key).set(value));
        if (first != null) {
            child.pipeline().addLast(first);
        }
        try {
            remaining.forEach((option, value) -> child.set((ChannelOption<Object>) option, value));
        } catch (RuntimeException refused) {
            created.tryFailure(refused);
            child.unsafe().closeForcibly();
            return;
        }
        parent.eventLoop().register(child);
    }

    private RTCDataChannelInit init() {
        RTCDataChannelInit.Builder init = RTCDataChannelInit.builder().protocol(text(DataChannelOption.PROTOCOL));
        if (options.get(DataChannelOption.ORDERED) instanceof Boolean ordered) {
            init.ordered(ordered);
        }
        if (options.get(DataChannelOption.MAX_RETRANSMITS) instanceof Integer times) {
            init.maxRetransmits(times);
        }
        if (options.get(DataChannelOption.MAX_PACKET_LIFE_TIME) instanceof Integer millis) {
            init.maxPacketLifeTime(millis);
        }
        if (options.get(DataChannelOption.NEGOTIATED_ID) instanceof Integer id) {
            init.negotiated(true).id(id);
        }
        return init.build();
    }

    private String text(ChannelOption<String> option) {
        return options.get(option) instanceof String text ? text : "";
    }
}
