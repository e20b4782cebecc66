package org.webrtc4j;

/**
 * A key is pressed, a pause begins, or all is over.
 *
 * @param type tonechange
 * @param target the sender of keys
 * @param tone the key, a comma for a pause, or empty when the last one is over
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtmftonechangeevent">the specification</a>
 */
public record RTCDTMFToneChangeEvent(String type, EventTarget target, String tone) implements Event {}
