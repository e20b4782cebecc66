package org.webrtc4j.media.file;

import org.webrtc4j.media.EncodedFrame;

/**
 * A frame of a container.
 *
 * @param track the index of its track in {@link MediaFileReader#tracks}
 * @param timeMicros when it is played, from the beginning of the file
 * @param frame its bytes as {@link EncodedFrame} has them, its timestamp the time in ticks of the codec's clock
 */
public record TimedFrame(int track, long timeMicros, EncodedFrame frame) {}
