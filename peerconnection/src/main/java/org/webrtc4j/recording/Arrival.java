package org.webrtc4j.recording;

import org.webrtc4j.media.EncodedFrame;

/**
 * A frame on its way to the file.
 *
 * @param track the index of its track in the recording
 * @param frame as it was put together
 * @param arrivalNanos when it was complete
 * @param captureMicros when it was taken, by the sender's wall clock; -1 before a sender report has told
 * @param stream tells apart whose timestamps follow each other: the SSRC
 */
public record Arrival(int track, EncodedFrame frame, long arrivalNanos, long captureMicros, long stream) {

    private static final int RECORD_BYTES = 100;

    /** What it takes of the queue. */
    int cost() {
        return frame.bytes().length + RECORD_BYTES;
    }
}
