package org.webrtc4j;

/**
 * What {@code navigator} is in a page, as far as it leads to media; on the runtime that {@code new RTCPeerConnection()} uses.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#navigator-interface-extensions">the specification</a>
 */
public final class Navigator {

    private Navigator() {}

    /**
     * Returns the devices.
     *
     * @return the same object on each call
     */
    public static MediaDevices mediaDevices() {
        return WebRtcRuntime.shared().mediaDevices();
    }
}
