package org.webrtc4j;

/**
 * How loud a source of sound has been.
 *
 * @param level of the latest 20 ms, 0 to 1
 * @param totalEnergy the sum of squared level times seconds
 * @param totalSeconds how much sound it has given
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dom-rtcaudiosourcestats-totalaudioenergy">the specification</a>
 */
public record SoundLevels(double level, double totalEnergy, double totalSeconds) {}
