package org.webrtc4j.voice;

import org.webrtc4j.media.audio.PlayoutStats;

/**
 * What became of a stream that is played.
 *
 * @param ssrc its source
 * @param sampleRate in which samples are counted
 * @param stats what was counted since it plays
 */
public record Playout(long ssrc, int sampleRate, PlayoutStats stats) {}
