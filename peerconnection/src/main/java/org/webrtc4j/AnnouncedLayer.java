package org.webrtc4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that the other side says it sends (the header extension video-layers-allocation); not of the W3C.
 *
 * @param rid which stream of a simulcast it is of; null without simulcast
 * @param spatialId its spatial layer in that stream, from 0
 * @param kilobitsPerSecond the target of each temporal layer with those below it
 * @param width in pixels; null when it is not said
 * @param height in pixels; null when it is not said
 * @param framesPerSecond null when it is not said
 */
public record AnnouncedLayer(
        @Nullable String rid,
        int spatialId,
        List<Long> kilobitsPerSecond,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer framesPerSecond) {

    /**
     * Copies the list.
     *
     * @param rid which stream of a simulcast it is of
     * @param spatialId its spatial layer in that stream
     * @param kilobitsPerSecond the target of each temporal layer with those below it
     * @param width in pixels
     * @param height in pixels
     * @param framesPerSecond or null
     */
    public AnnouncedLayer {
        kilobitsPerSecond = List.copyOf(kilobitsPerSecond);
    }
}
