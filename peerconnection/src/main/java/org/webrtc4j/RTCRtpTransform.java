package org.webrtc4j;

/**
 * A stage between encoder and packets of a sender, or between packets and taps of a receiver, that may look at each encoded
 * frame, change it, hold it back or leave it out: a server's counterpart of a page's RTCRtpScriptTransform.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#RTCRtpScriptTransform">the specification</a>
 */
@FunctionalInterface
public interface RTCRtpTransform {

    /**
     * Takes a frame. Called on the connection's loop in the order of the frames; who is slow here holds the loop up, and whoever
     * needs time writes the frame later, from any thread.
     *
     * @param frame goes on when it is written to the transformer, and is left out otherwise
     * @param transformer the same object for all frames of one sender or receiver
     */
    void onFrame(RTCEncodedFrame frame, RTCRtpScriptTransformer transformer);
}
