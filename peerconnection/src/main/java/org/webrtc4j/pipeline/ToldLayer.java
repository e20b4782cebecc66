package org.webrtc4j.pipeline;

import java.util.List;

/**
 * A layer that a sender says it sends.
 *
 * @param stream its place among the streams of the simulcast
 * @param spatialId its spatial layer in that stream
 * @param kilobitsPerSecond of each temporal layer with those below it
 * @param width in pixels, 0 when it is not said
 * @param height in pixels, 0 when it is not said
 * @param framesPerSecond 0 when it is not said
 */
public record ToldLayer(
        int stream, int spatialId, List<Long> kilobitsPerSecond, int width, int height, int framesPerSecond) {

    /**
     * Copies the list.
     *
     * @param stream its place among the streams of the simulcast
     * @param spatialId its spatial layer in that stream
     * @param kilobitsPerSecond of each temporal layer with those below it
     * @param width in pixels
     * @param height in pixels
     * @param framesPerSecond or 0
     */
    public ToldLayer {
        kilobitsPerSecond = List.copyOf(kilobitsPerSecond);
    }
}
