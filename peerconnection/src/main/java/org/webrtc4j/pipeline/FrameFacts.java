package org.webrtc4j.pipeline;

import org.webrtc4j.media.FrameLayers;

/**
 * What a stream's dependency descriptors say of a frame.
 *
 * @param layers where it stands
 * @param frameId its number, unwrapped
 * @param dependencies the numbers of those it refers to, never changed
 * @param width in pixels, 0 when it is not said
 * @param height in pixels, 0 when it is not said
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FrameFacts(FrameLayers layers, long frameId, long[] dependencies, int width, int height) {}
