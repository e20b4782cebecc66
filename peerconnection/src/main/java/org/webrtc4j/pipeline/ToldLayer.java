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

    /**
     * Adds the size that was said before: senders say it with key frames, and between them what changed of the rates.
     *
     * @param before what was announced until now
     * @return this layer, with a size if either said one
     */
    public ToldLayer after(List<ToldLayer> before) {
        for (ToldLayer each : before) {
            if (width == 0 && each.stream == stream && each.spatialId == spatialId) {
                return new ToldLayer(
                        stream, spatialId, kilobitsPerSecond, each.width, each.height, each.framesPerSecond);
            }
        }
        return this;
    }
}
