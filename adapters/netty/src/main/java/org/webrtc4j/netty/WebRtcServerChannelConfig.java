package org.webrtc4j.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a server channel. */
final class WebRtcServerChannelConfig extends DefaultChannelConfig {

    /** How many offers wait while nobody reads, if nobody says otherwise. */
    private static final int DEFAULT_BACKLOG = 1_024;

    private volatile int backlog = DEFAULT_BACKLOG;

    WebRtcServerChannelConfig(WebRtcServerChannel channel) {
        super(channel);
    }

    int backlog() {
        return backlog;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), ChannelOption.SO_BACKLOG);
    }

    @Override
    @SuppressWarnings("unchecked") // the option is an Integer
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return option.equals(ChannelOption.SO_BACKLOG) ? (T) Integer.valueOf(backlog) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        if (option.equals(ChannelOption.SO_BACKLOG)) {
            backlog = (Integer) value;
            return true;
        }
        return super.setOption(option, value);
    }
}
