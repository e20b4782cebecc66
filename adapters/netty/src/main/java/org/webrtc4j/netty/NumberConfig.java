package org.webrtc4j.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that every channel has, and one number. */
final class NumberConfig extends DefaultChannelConfig {

    private final ChannelOption<Integer> number;
    private volatile int value;

    NumberConfig(Channel channel, ChannelOption<Integer> number, int value) {
        super(channel);
        this.number = number;
        this.value = value;
    }

    int value() {
        return value;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), number);
    }

    @Override
    @SuppressWarnings("unchecked") // the option is an Integer
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return option.equals(number) ? (T) Integer.valueOf(value) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T given) {
        validate(option, given);
        if (option.equals(number)) {
            value = (Integer) given;
            return true;
        }
        return super.setOption(option, given);
    }
}
