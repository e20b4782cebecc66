package org.webrtc4j.media;

/**
 * Where a frame stands in a layered stream.
 *
 * @param spatialId the spatial layer, from 0
 * @param temporalId the temporal layer, from 0, or -1 when the stream does not label them
 * @param discardable whether no later frame is predicted from this one
 * @param layerSync whether a receiver may begin to take this temporal layer here
 * @param endOfPicture whether no other spatial layer of the same picture follows
 */
public record FrameLayers(int spatialId, int temporalId, boolean discardable, boolean layerSync, boolean endOfPicture) {

    /** A stream without layers. */
    public static final FrameLayers NONE = new FrameLayers(0, -1, false, false, true);
}
