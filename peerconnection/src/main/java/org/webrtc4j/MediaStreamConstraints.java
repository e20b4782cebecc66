package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What {@link MediaDevices#getUserMedia} is to give.
 *
 * @param audio a track of sound, or null for none ({@code false} in a page)
 * @param video a track of pictures, or null for none
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastreamconstraints">the specification</a>
 */
public record MediaStreamConstraints(
        @Nullable MediaTrackConstraints audio, @Nullable MediaTrackConstraints video) {

    /**
     * Says which kinds are wanted, as {@code {audio: true, video: true}} in a page.
     *
     * @param audio whether a track of sound
     * @param video whether a track of pictures
     * @return the dictionary
     */
    public static MediaStreamConstraints of(boolean audio, boolean video) {
        return new MediaStreamConstraints(
                audio ? MediaTrackConstraints.any() : null, video ? MediaTrackConstraints.any() : null);
    }
}
