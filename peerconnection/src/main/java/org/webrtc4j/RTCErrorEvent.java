package org.webrtc4j;

/**
 * A channel or transport failed.
 *
 * @param type error
 * @param target the channel or transport
 * @param error what happened
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcerrorevent-interface">the specification</a>
 */
public record RTCErrorEvent(String type, EventTarget target, RTCError error) implements Event {}
