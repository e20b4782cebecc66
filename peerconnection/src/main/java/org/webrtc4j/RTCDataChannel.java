package org.webrtc4j;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A data channel: messages of text or bytes to the other side, ordered or not, reliable or not.
 *
 * <p>Every method may be called from any thread, also from handlers. Handlers run in the connection's event place; a
 * message counts in the window of the association until its handlers have returned, so a slow handler holds back the
 * other side.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdatachannel">the specification</a>
 */
public final class RTCDataChannel extends EventTarget {

    private final DataChannels owner;
    private final String label;
    private final RTCDataChannelInit init;

    final SendBuffer buffer;
    final InboundMessages inbound;

    private volatile @Nullable Integer id;
    private volatile RTCDataChannelState readyState;
    private volatile boolean closedHere;
    private volatile BinaryType binaryType = BinaryType.ARRAYBUFFER;

    // Statistics: what was sent from any thread, what was received in the event place.
    final AtomicLong messagesSent = new AtomicLong();
    final AtomicLong bytesSent = new AtomicLong();
    long messagesReceived;
    long bytesReceived;

    RTCDataChannel(
            DataChannels owner,
            String label,
            RTCDataChannelInit init,
            @Nullable Integer id,
            RTCDataChannelState readyState) {
        this.owner = owner;
        this.label = label;
        this.init = init;
        this.id = id;
        this.readyState = readyState;
        this.buffer = new SendBuffer(this, owner.traffic());
        this.inbound = new InboundMessages(this, owner.traffic());
    }

    /**
     * Returns the label.
     *
     * @return the text it was created with; need not be unique
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether messages arrive in the order sent.
     *
     * @return false when each is delivered as soon as it is there
     */
    public boolean ordered() {
        return init.ordered();
    }

    /**
     * Returns after how long a message is given up.
     *
     * @return milliseconds, or null
     */
    public @Nullable Integer maxPacketLifeTime() {
        return init.maxPacketLifeTime();
    }

    /**
     * Returns how often a message is resent before it is given up.
     *
     * @return times, or null
     */
    public @Nullable Integer maxRetransmits() {
        return init.maxRetransmits();
    }

    /**
     * Returns the subprotocol.
     *
     * @return the text, maybe empty
     */
    public String protocol() {
        return init.protocol();
    }

    /**
     * Tells whether both sides made the channel themselves.
     *
     * @return true when it was not announced in-band
     */
    public boolean negotiated() {
        return init.negotiated();
    }

    /**
     * Returns the stream.
     *
     * @return 0 to 65534, or null until the DTLS roles are known
     */
    public @Nullable Integer id() {
        return id;
    }

    /**
     * Returns the state.
     *
     * @return the state
     */
    public RTCDataChannelState readyState() {
        return readyState;
    }

    /**
     * Returns the payload bytes given to send and not yet handed to the network.
     *
     * @return bytes; counted at once by send, from any thread
     */
    public long bufferedAmount() {
        return buffer.amount();
    }

    /**
     * Returns the threshold of bufferedamountlow.
     *
     * @return bytes; 0 at first
     */
    public long bufferedAmountLowThreshold() {
        return buffer.lowThreshold();
    }

    /**
     * Sets the threshold of bufferedamountlow, which fires when {@link #bufferedAmount()} falls to it from above.
     *
     * @param bytes 0 or more
     * @return this
     */
    public RTCDataChannel bufferedAmountLowThreshold(long bytes) {
        if (bytes < 0) {
            throw DOMException.typeError("bufferedAmountLowThreshold is not negative");
        }
        buffer.lowThreshold(bytes);
        return this;
    }

    /**
     * Returns how binary messages are presented.
     *
     * @return arraybuffer at first
     */
    public BinaryType binaryType() {
        return binaryType;
    }

    /**
     * Sets how binary messages are presented from now on.
     *
     * @param type arraybuffer for {@link MessageData.ArrayBuffer}, blob for {@link MessageData.Blob}
     * @return this
     */
    public RTCDataChannel binaryType(BinaryType type) {
        binaryType = type;
        return this;
    }

    /**
     * Sends text.
     *
     * @param text the message; sent as UTF-8
     * @throws DOMException InvalidStateError when not open, TypeError when larger than the other side takes, OperationError
     *     when the buffer is full
     */
    public void send(String text) {
        buffer.send(true, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes.
     *
     * @param bytes the message; copied within this call
     * @throws DOMException InvalidStateError when not open, TypeError when larger than the other side takes, OperationError
     *     when the buffer is full
     */
    public void send(byte[] bytes) {
        buffer.send(false, bytes.clone());
    }

    /**
     * Sends bytes.
     *
     * @param bytes the message, from position to limit; copied within this call, position unchanged
     * @throws DOMException InvalidStateError when not open, TypeError when larger than the other side takes, OperationError
     *     when the buffer is full
     */
    public void send(ByteBuffer bytes) {
        buffer.send(false, copy(bytes));
    }

    /**
     * Sends what another channel delivered, text as text and bytes as bytes.
     *
     * @param data the message
     * @throws DOMException InvalidStateError when not open, TypeError when larger than the other side takes, OperationError
     *     when the buffer is full
     */
    public void send(MessageData data) {
        if (data instanceof MessageData.Text text) {
            send(text.text());
        } else if (data instanceof MessageData.Blob blob) {
            send(blob.buffer());
        } else {
            send(data.bytes());
        }
    }

    /**
     * Sends bytes when there is room: at once while less than {@value SendBuffer#ASYNC_HIGH_WATER} bytes are buffered, else
     * as soon as they are. Waiting messages leave in the order of the calls; a {@code send} in between overtakes them.
     *
     * @param bytes the message; copied within this call
     * @return completes when the message was accepted; fails with what {@link #send(byte[])} throws, with OperationError
     *     when {@value SendBuffer#MAX_WAITING} messages wait already, and with InvalidStateError when the channel closes
     */
    public CompletableFuture<@Nullable Void> sendAsync(byte[] bytes) {
        return buffer.sendAsync(false, bytes.clone());
    }

    /**
     * Sends text when there is room, as {@link #sendAsync(byte[])} does with bytes.
     *
     * @param text the message
     * @return completes when the message was accepted
     */
    public CompletableFuture<@Nullable Void> sendAsync(String text) {
        return buffer.sendAsync(true, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Holds incoming messages back from now on. They keep counting in the window of the association, so that the other
     * side stops when it is full: on this channel and, since the window is one, on every other channel of this connection.
     * A channel that the other side closes meanwhile stays closing until they were read.
     *
     * @return this
     */
    public RTCDataChannel pauseReading() {
        inbound.pause();
        return this;
    }

    /**
     * Delivers what was held back, and goes on.
     *
     * @return this
     */
    public RTCDataChannel resumeReading() {
        inbound.resume();
        return this;
    }

    /**
     * Reads messages part by part as they arrive instead of whole, so that one may be larger than what is held in memory:
     * with {@link RuntimeLimits#maxMessageBytes()} of 0 of any size. Every message from now on goes to a sink, small ones
     * in one part; {@code message} does not fire meanwhile. {@link #pauseReading()} holds parts back as it does messages.
     *
     * <p>Parts have up to about 64 KiB. On an unordered channel those of several messages may alternate, each going to the
     * sink of its message. Set it before the first message is due: before the channel is open, or while its
     * {@code datachannel} or {@code open} event is handled.
     *
     * @param receiver gives each message a sink; null ends it for the messages that follow
     * @return this
     */
    public RTCDataChannel receiveStreaming(@Nullable MessageReceiver receiver) {
        inbound.receiver(receiver);
        owner.traffic().streamingChanged(this);
        return this;
    }

    /**
     * Closes the channel: what is buffered is still sent, then the stream is reset (RFC 8831 section 6.7). A second call
     * does nothing.
     */
    public void close() {
        owner.close(this);
    }

    /**
     * Sets the handler of open.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onOpen(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.OPEN, handler);
        return this;
    }

    /**
     * Sets the handler of message.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onMessage(@Nullable Consumer<? super MessageEvent> handler) {
        setHandler(EventType.MESSAGE, handler);
        return this;
    }

    /**
     * Sets the handler of bufferedamountlow.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onBufferedAmountLow(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.BUFFEREDAMOUNTLOW, handler);
        return this;
    }

    /**
     * Sets the handler of error.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onError(@Nullable Consumer<? super RTCErrorEvent> handler) {
        setHandler(EventType.ERROR, handler);
        return this;
    }

    /**
     * Sets the handler of closing.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onClosing(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.CLOSING, handler);
        return this;
    }

    /**
     * Sets the handler of close.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDataChannel onClose(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.CLOSE, handler);
        return this;
    }

    void id(int value) {
        id = value;
    }

    /** Once close was called here, what still arrives is discarded (webrtc-pc section 6.2); what the other side sent before its own close is not. */
    boolean delivers() {
        return readyState == RTCDataChannelState.OPEN || (readyState == RTCDataChannelState.CLOSING && !closedHere);
    }

    void closedHere() {
        closedHere = true;
    }

    void readyState(RTCDataChannelState value) {
        readyState = value;
    }

    RTCDataChannelInit init() {
        return init;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
