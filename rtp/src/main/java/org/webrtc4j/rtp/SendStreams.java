package org.webrtc4j.rtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.receive.SsrcTable;

/** The streams that a session sends, each found by its SSRCs; and those that ended, until their goodbye is said. */
final class SendStreams {

    private final List<SendStream> streams = new ArrayList<>();
    private final List<SendStream> ended = new ArrayList<>();
    private final SsrcTable<SendStream> bySsrc = new SsrcTable<>(Integer.MAX_VALUE);

    /** Those that are sent; not to be changed. */
    List<SendStream> all() {
        return streams;
    }

    /** Those that ended since {@link #forgetEnded}; not to be changed. */
    List<SendStream> ended() {
        return ended;
    }

    void forgetEnded() {
        ended.clear();
    }

    @Nullable
    SendStream get(int ssrc) {
        return bySsrc.get(ssrc);
    }

    /** Refuses SSRCs that are sent already. */
    void checkFree(SendParameters parameters) {
        checkFree(parameters.ssrc(), null);
        checkFree(parameters.rtxSsrc(), null);
    }

    private void checkFree(long ssrc, @Nullable SendStream owner) {
        SendStream other = ssrc == SignalledSsrc.NONE ? null : bySsrc.get((int) ssrc);
        if (other != null && other != owner) {
            throw new IllegalArgumentException("SSRC " + ssrc + " is sent already");
        }
    }

    void add(SendStream stream) {
        streams.add(stream);
        // Removed and resumed within one turn: there is nothing to say goodbye for.
        ended.remove(stream);
        bySsrc.put(stream.wireSsrc(), stream);
        putRtx(stream, stream.parameters());
    }

    private void putRtx(SendStream stream, SendParameters parameters) {
        if (parameters.rtxSsrc() != SignalledSsrc.NONE) {
            bySsrc.put((int) parameters.rtxSsrc(), stream);
        }
    }

    private void removeRtx(SendStream stream) {
        if (stream.parameters().rtxSsrc() != SignalledSsrc.NONE) {
            bySsrc.remove((int) stream.parameters().rtxSsrc());
        }
    }

    /** Finds a stream by the retransmissions' SSRC that it will have. */
    void rebindRtx(SendStream stream, SendParameters next) {
        checkFree(next.rtxSsrc(), stream);
        removeRtx(stream);
        putRtx(stream, next);
    }

    void remove(SendStream stream) {
        if (streams.remove(stream)) {
            bySsrc.remove(stream.wireSsrc());
            removeRtx(stream);
            if (stream.isSent()) {
                ended.add(stream);
            }
        }
    }
}
