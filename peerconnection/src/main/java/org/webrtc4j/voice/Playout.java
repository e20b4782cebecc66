package org.webrtc4j.voice;

import org.webrtc4j.media.playout.PlayoutStats;

/**
 * What became of a stream that is played.
 *
 * @param ssrc its source
 * @param sampleRate in which samples are counted
 * @param stats what was counted since it plays
 * @param position the timestamp of what is played next, unwrapped
 * @param earliestNanos when that would be played if nothing were kept back, on the loop's clock; 0 before the first packet
 */
public record Playout(long ssrc, int sampleRate, PlayoutStats stats, long position, long earliestNanos) {}
