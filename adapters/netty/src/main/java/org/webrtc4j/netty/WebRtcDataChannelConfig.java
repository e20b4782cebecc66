package org.webrtc4j.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCDataChannel;

/** The options of a data channel: those of every channel, and how it was made. */
final class WebRtcDataChannelConfig extends DefaultChannelConfig {

    private final WebRtcDataChannel owner;

    WebRtcDataChannelConfig(WebRtcDataChannel owner) {
        super(owner);
        this.owner = owner;
        setMessageSizeEstimator(MessageSizes.INSTANCE);
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(
                super.getOptions(),
                DataChannelOption.LABEL,
                DataChannelOption.PROTOCOL,
                DataChannelOption.ORDERED,
                DataChannelOption.MAX_RETRANSMITS,
                DataChannelOption.MAX_PACKET_LIFE_TIME,
                DataChannelOption.NEGOTIATED_ID);
    }

    @Override
    @SuppressWarnings("unchecked") // each option has the type of its value
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        RTCDataChannel made = owner.dataChannel();
        if (option.equals(DataChannelOption.LABEL)) {
            return (T) made.label();
        }
        if (option.equals(DataChannelOption.PROTOCOL)) {
            return (T) made.protocol();
        }
        if (option.equals(DataChannelOption.ORDERED)) {
            return (T) Boolean.valueOf(made.ordered());
        }
        if (option.equals(DataChannelOption.MAX_RETRANSMITS)) {
            return (T) made.maxRetransmits();
        }
        if (option.equals(DataChannelOption.MAX_PACKET_LIFE_TIME)) {
            return (T) made.maxPacketLifeTime();
        }
        if (option.equals(DataChannelOption.NEGOTIATED_ID)) {
            return made.negotiated() ? (T) made.id() : null;
        }
        return super.getOption(option);
    }

    @Override
    protected void autoReadCleared() {
        owner.stopReading();
    }
}
