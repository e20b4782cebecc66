package org.webrtc4j.media.assembly;

/** What is counted, while it is counted; {@link AssemblyStats} is what is shown. */
final class AssemblyCounters {

    long packetsReceived;
    long packetsRepeated;
    long packetsGivenUp;
    long packetsUnused;
    long packetsMalformed;
    long framesReceived;
    long keyFramesReceived;
    long framesRecovered;
    long keyFrameRequests;
    long bytesReceived;
    final long[] dropped = new long[FrameDrop.values().length];

    AssemblyStats snapshot(int peakPackets) {
        return new AssemblyStats(
                packetsReceived,
                packetsRepeated,
                packetsGivenUp,
                packetsUnused,
                packetsMalformed,
                framesReceived,
                keyFramesReceived,
                dropped[FrameDrop.INCOMPLETE.ordinal()],
                dropped[FrameDrop.MALFORMED.ordinal()],
                dropped[FrameDrop.NO_KEY_FRAME.ordinal()],
                dropped[FrameDrop.OVERFLOW.ordinal()],
                framesRecovered,
                keyFrameRequests,
                bytesReceived,
                peakPackets);
    }
}
