package org.webrtc4j.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a connection. */
final class WebRtcChannelConfig extends DefaultChannelConfig {

    /** How long close() goes on delivering what was accepted before, if nobody says otherwise. */
    private static final int DEFAULT_LINGER_SECONDS = 5;

    private volatile int lingerSeconds = DEFAULT_LINGER_SECONDS;

    WebRtcChannelConfig(WebRtcChannel channel) {
        super(channel);
    }

    int lingerSeconds() {
        return lingerSeconds;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), ChannelOption.SO_LINGER);
    }

    @Override
    @SuppressWarnings("unchecked") // the option is an Integer
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return option.equals(ChannelOption.SO_LINGER) ? (T) Integer.valueOf(lingerSeconds) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        if (option.equals(ChannelOption.SO_LINGER)) {
            lingerSeconds = (Integer) value;
            return true;
        }
        return super.setOption(option, value);
    }
}
