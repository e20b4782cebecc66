package org.webrtc4j;

/**
 * The other side opened a channel. A handler set on the channel before this event's handler returns misses nothing.
 *
 * @param type datachannel
 * @param target the connection
 * @param channel the channel
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdatachannelevent">the specification</a>
 */
public record RTCDataChannelEvent(String type, EventTarget target, RTCDataChannel channel) implements Event {}
