package org.webrtc4j.netty;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPipeline;

/** A pipeline that closes the child channels which no handler has taken: nobody would ever read from them. */
final class UnclaimedChildren extends DefaultChannelPipeline {

    UnclaimedChildren(Channel channel) {
        super(channel);
    }

    @Override
    protected void onUnhandledInboundMessage(Object message) {
        if (message instanceof Channel child && !child.isRegistered()) {
            child.unsafe().closeForcibly();
        } else {
            super.onUnhandledInboundMessage(message);
        }
    }
}
