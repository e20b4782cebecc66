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
        checkFree(parameters.fecSsrc(), null);
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
        putRepairs(stream, stream.parameters());
    }

    private void putRepairs(SendStream stream, SendParameters parameters) {
        put(stream, parameters.rtxSsrc());
        put(stream, parameters.fecSsrc());
    }

    private void put(SendStream stream, long ssrc) {
        if (ssrc != SignalledSsrc.NONE) {
            bySsrc.put((int) ssrc, stream);
        }
    }

    private void removeRepairs(SendStream stream) {
        remove(stream.parameters().rtxSsrc());
        remove(stream.parameters().fecSsrc());
    }

    private void remove(long ssrc) {
        if (ssrc != SignalledSsrc.NONE) {
            bySsrc.remove((int) ssrc);
        }
    }

    /** Finds a stream by the SSRCs of retransmissions and repair packets that it will have. */
    void rebind(SendStream stream, SendParameters next) {
        checkFree(next.rtxSsrc(), stream);
        checkFree(next.fecSsrc(), stream);
        removeRepairs(stream);
        putRepairs(stream, next);
    }

    void remove(SendStream stream) {
        if (streams.remove(stream)) {
            bySsrc.remove(stream.wireSsrc());
            removeRepairs(stream);
            if (stream.isSent()) {
                ended.add(stream);
            }
        }
    }
}
