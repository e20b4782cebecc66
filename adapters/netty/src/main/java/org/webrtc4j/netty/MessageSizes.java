package org.webrtc4j.netty;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.MessageSizeEstimator;

/** Text counts with the bytes that it has on its way, so that the water marks hold for it, too. */
final class MessageSizes implements MessageSizeEstimator {

    static final MessageSizeEstimator INSTANCE = new MessageSizes();

    private final Handle handle;

    private MessageSizes() {
        Handle others = DefaultMessageSizeEstimator.DEFAULT.newHandle();
        handle = message ->
                message instanceof TextMessage text ? ByteBufUtil.utf8Bytes(text.text()) : others.size(message);
    }

    @Override
    public Handle newHandle() {
        return handle;
    }
}
