package org.webrtc4j.media.file;

/**
 * What stands at the beginning of an IVF file.
 *
 * @param fourcc the codec: {@code VP80}, {@code VP90}, {@code AV01}, {@code H264}
 * @param width pixels
 * @param height pixels
 * @param ticksPerSecond the clock of the frames: its numerator
 * @param scale and its denominator
 * @param frames how many frames there are; 0 or wrong when the writer could not go back
 */
public record IvfHeader(String fourcc, int width, int height, long ticksPerSecond, long scale, long frames) {}
