package org.webrtc4j.netty;

import io.netty.channel.ChannelOption;

/**
 * How a data channel is made. Set by {@link WebRtcDataChannelBootstrap#option}, and read from the channel's config; they
 * do not change afterwards.
 *
 * @see org.webrtc4j.RTCDataChannelInit
 */
public final class DataChannelOption {

    /** A text for the other side, which need not be unique; default empty. */
    public static final ChannelOption<String> LABEL = ChannelOption.valueOf(DataChannelOption.class, "LABEL");

    /** The subprotocol; default empty. */
    public static final ChannelOption<String> PROTOCOL = ChannelOption.valueOf(DataChannelOption.class, "PROTOCOL");

    /** Whether messages arrive in the order sent; default true. */
    public static final ChannelOption<Boolean> ORDERED = ChannelOption.valueOf(DataChannelOption.class, "ORDERED");

    /** How often a message is resent before it is given up, 0 to 65535; default: until it arrives. */
    public static final ChannelOption<Integer> MAX_RETRANSMITS =
            ChannelOption.valueOf(DataChannelOption.class, "MAX_RETRANSMITS");

    /** Milliseconds after which a message is given up, 0 to 65535; default: never. Excludes {@link #MAX_RETRANSMITS}. */
    public static final ChannelOption<Integer> MAX_PACKET_LIFE_TIME =
            ChannelOption.valueOf(DataChannelOption.class, "MAX_PACKET_LIFE_TIME");

    /**
     * The stream of a channel that both sides make themselves under the same number, 0 to 65534; default: none, one side
     * makes the channel and the other is told.
     */
    public static final ChannelOption<Integer> NEGOTIATED_ID =
            ChannelOption.valueOf(DataChannelOption.class, "NEGOTIATED_ID");

    private DataChannelOption() {}
}
