package org.webrtc4j.media.assembly;

/**
 * What a {@link FrameAssembler} has counted since it was made.
 *
 * @param packetsReceived packets taken in, of whatever use
 * @param packetsRepeated packets that had come before, or after their deadline
 * @param packetsGivenUp packets that had not come when their deadline passed or the buffer was full
 * @param packetsUnused packets without content, of a payload type without format, or of a frame whose beginning is missing
 * @param packetsMalformed payloads that were refused
 * @param framesReceived frames given out: {@code framesReceived} of getStats
 * @param keyFramesReceived key frames among them; 0 for audio
 * @param framesIncomplete frames dropped with {@link FrameDrop#INCOMPLETE}
 * @param framesMalformed frames dropped with {@link FrameDrop#MALFORMED}
 * @param framesWithoutKey frames dropped with {@link FrameDrop#NO_KEY_FRAME}
 * @param framesOverflown frames dropped with {@link FrameDrop#OVERFLOW}
 * @param framesRecovered frames that were lost and came with a later packet (RED)
 * @param keyFrameRequests how often a key frame was asked for
 * @param bytesReceived bytes of the frames given out
 * @param peakPackets the most packets that ever waited for a missing one
 */
public record AssemblyStats(
        long packetsReceived,
        long packetsRepeated,
        long packetsGivenUp,
        long packetsUnused,
        long packetsMalformed,
        long framesReceived,
        long keyFramesReceived,
        long framesIncomplete,
        long framesMalformed,
        long framesWithoutKey,
        long framesOverflown,
        long framesRecovered,
        long keyFrameRequests,
        long bytesReceived,
        int peakPackets) {

    /**
     * Returns how many frames were dropped.
     *
     * @return the sum over all reasons
     */
    public long framesDropped() {
        return framesIncomplete + framesMalformed + framesWithoutKey + framesOverflown;
    }
}
