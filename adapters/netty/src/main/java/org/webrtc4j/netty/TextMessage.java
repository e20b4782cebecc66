package org.webrtc4j.netty;

/**
 * A text message of a {@link WebRtcDataChannel}, in and out. Bytes are plain {@link io.netty.buffer.ByteBuf}s, so that
 * codecs need not know where they come from.
 *
 * @param text the text; it travels as UTF-8
 */
public record TextMessage(String text) {}
