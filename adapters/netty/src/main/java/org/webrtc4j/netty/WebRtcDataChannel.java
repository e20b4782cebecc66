package org.webrtc4j.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.StringUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DOMException;
import org.webrtc4j.EventType;
import org.webrtc4j.MessageData;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;

/**
 * One data channel of a {@link WebRtcChannel}. Messages are whole: a {@link ByteBuf} for bytes and a {@link TextMessage}
 * for text, both ways. It is made by {@link WebRtcChannel#newDataChannelBootstrap()}, or by the other side.
 *
 * <p><b>Reading.</b> What arrives stands in the receive window of the connection until it was read, and nothing is read
 * before somebody asks: with {@code AUTO_READ} (the default) always, without it one message for each {@code read()}. While
 * nobody does, the window fills and the other side has to stop. The window is one for the connection: a data channel that is not
 * read holds up the others, too. Buffers are on the heap; release them as any other.
 *
 * <p><b>Writing.</b> A write completes when the connection has taken the message, which it does while less than the
 * high {@code WRITE_BUFFER_WATER_MARK} is waiting in it; from then on messages wait here, and {@code isWritable()} is
 * false until what the connection holds has fallen to the low mark. A peer that stops reading so stops the writer, at
 * twice the high mark plus a message if the writer minds {@code isWritable()}. A message that is larger than the other side takes fails its write
 * with a {@link DOMException}, as does one that the limits of the connection or the runtime leave no room for while nothing
 * of this data channel could be waited for.
 *
 * <p><b>Closing.</b> {@link #close()} closes both directions: messages whose writes have completed are still delivered,
 * the others fail, and what arrives is dropped. When the other side closes the data channel, what it sent before is read
 * first.
 */
public final class WebRtcDataChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** The bit of user-defined writability that says whether the connection has room. */
    private static final int ROOM = 1;

    private final WebRtcChannel parent;
    private final RTCDataChannel channel;
    private final WebRtcDataChannelConfig config;

    // Confined to the loop.
    private boolean reading;
    private boolean awaitsRoom;
    private @Nullable Promise<WebRtcDataChannel> created;

    private volatile boolean opened;
    private volatile boolean open = true;

    /** Takes a data channel before it delivers anything, on the loop. */
    WebRtcDataChannel(WebRtcChannel parent, RTCDataChannel channel, boolean opened) {
        super(parent);
        this.parent = parent;
        this.channel = channel;
        this.opened = opened;
        this.config = new WebRtcDataChannelConfig(this);
        channel.pauseReading();
        channel.addEventListener(EventType.OPEN, event -> onOpen());
        channel.addEventListener(EventType.MESSAGE, this::onMessage);
        channel.addEventListener(EventType.BUFFEREDAMOUNTLOW, event -> onRoom());
        channel.addEventListener(EventType.ERROR, event -> onError(event.error()));
        channel.addEventListener(EventType.CLOSE, event -> onClose());
    }

    /**
     * Returns the data channel itself, for its id, label and statistics. Reading and writing it past this channel breaks
     * the order of both.
     *
     * @return the same object on each call
     */
    public RTCDataChannel dataChannel() {
        return channel;
    }

    /** Returns the channel of the connection. */
    @Override
    public WebRtcChannel parent() {
        return parent;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Tells whether messages can be written: the data channel is open. */
    @Override
    public boolean isActive() {
        return open && opened;
    }

    /** Returns the local address of the connection, or null. */
    @Override
    public @Nullable InetSocketAddress localAddress() {
        return parent.localAddress();
    }

    /** Returns the other side's address, or null. */
    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return parent.remoteAddress();
    }

    // --- on the loop

    void whenActive(Promise<WebRtcDataChannel> promise) {
        created = promise;
    }

    void set(ChannelOption<Object> option, Object value) {
        if (!config.setOption(option, value)) {
            throw new IllegalArgumentException("A data channel has no option " + option);
        }
    }

    private void onOpen() {
        if (opened || !open) {
            return;
        }
        opened = true;
        Promise<WebRtcDataChannel> promise = created;
        created = null;
        if (promise != null && !promise.trySuccess(this)) {
            closeNow();
            return;
        }
        if (isRegistered()) {
            pipeline().fireChannelActive();
        }
    }

    private void onMessage(MessageEvent event) {
        if (!open) {
            return;
        }
        if (!config.isAutoRead()) {
            pause();
        }
        MessageData data = event.data();
        pipeline()
                .fireChannelRead(event.isText() ? new TextMessage(data.text()) : Unpooled.wrappedBuffer(data.bytes()));
        pipeline().fireChannelReadComplete();
    }

    private void onError(Throwable error) {
        parent.onChildError(error);
        fail(error);
    }

    void fail(Throwable cause) {
        if (open && isRegistered()) {
            pipeline().fireExceptionCaught(cause);
        }
        Promise<WebRtcDataChannel> promise = created;
        created = null;
        if (promise != null) {
            promise.tryFailure(cause);
        }
    }

    private void onClose() {
        if (open) {
            closeNow();
        }
    }

    private void closeNow() {
        if (isRegistered()) {
            unsafe().close(unsafe().voidPromise());
        } else {
            unsafe().closeForcibly();
        }
    }

    void closeWithParent() {
        if (open) {
            closeNow();
        }
    }

    // --- reading

    @Override
    protected void doBeginRead() {
        if (!reading) {
            reading = true;
            channel.resumeReading();
        }
    }

    private void pause() {
        reading = false;
        channel.pauseReading();
    }

    /** AUTO_READ was switched off; from any thread. */
    void stopReading() {
        if (!isRegistered()) {
            return;
        }
        parent.onLoop(() -> {
            if (!config.isAutoRead()) {
                pause();
            }
        });
    }

    // --- writing

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf || message instanceof TextMessage) {
            return message;
        }
        throw new UnsupportedOperationException(
                "A data channel carries ByteBuf and TextMessage, not " + StringUtil.simpleClassName(message));
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        while (channel.bufferedAmount() < config.getWriteBufferHighWaterMark()) {
            Object message = in.current();
            if (message == null) {
                return;
            }
            try {
                send(message);
            } catch (DOMException refused) {
                if (refused.name().equals("OperationError") && channel.bufferedAmount() > 0) {
                    awaitRoom(in);
                    return;
                }
                in.remove(
                        channel.readyState() == RTCDataChannelState.OPEN
                                ? refused
                                : (ClosedChannelException) new ClosedChannelException().initCause(refused));
                continue;
            }
            in.remove();
        }
        awaitRoom(in);
    }

    private void send(Object message) {
        if (message instanceof TextMessage text) {
            channel.send(text.text());
        } else if (message instanceof ByteBuf bytes) {
            channel.send(bytes.nioBuffer());
        }
    }

    /** Room comes from what this data channel holds: the event has to fire, however little that is. */
    private void awaitRoom(ChannelOutboundBuffer in) {
        long held = channel.bufferedAmount();
        awaitsRoom = true;
        channel.bufferedAmountLowThreshold(Math.max(0, Math.min(config.getWriteBufferLowWaterMark(), held - 1)));
        in.setUserDefinedWritability(ROOM, false);
    }

    private void onRoom() {
        if (!awaitsRoom) {
            return;
        }
        awaitsRoom = false;
        ((Transfers) unsafe()).flush0();
        ChannelOutboundBuffer in = unsafe().outboundBuffer();
        if (!awaitsRoom && in != null) {
            in.setUserDefinedWritability(ROOM, true);
        }
    }

    // --- what Netty asks for

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return parent.isRegistered() && loop == parent.eventLoop();
    }

    @Override
    protected void doClose() {
        if (!open) {
            return;
        }
        open = false;
        parent.children().forget(this);
        channel.close();
        // What was held back while nobody read is dropped, so that it does not fill the window.
        channel.resumeReading();
        Promise<WebRtcDataChannel> promise = created;
        created = null;
        if (promise != null) {
            promise.tryFailure(new ClosedChannelException());
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("A data channel has no address of its own");
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return parent.localAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return parent.remoteAddress();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Transfers();
    }

    private final class Transfers extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            safeSetFailure(promise, new UnsupportedOperationException("A data channel connects with its connection"));
        }

        /** What waits for room is not tried before there is some. */
        @Override
        protected void flush0() {
            if (!awaitsRoom) {
                super.flush0();
            }
        }
    }
}
