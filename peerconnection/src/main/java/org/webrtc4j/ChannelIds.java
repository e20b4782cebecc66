package org.webrtc4j;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which streams are taken, and which one is next (RFC 8832 section 6). Guarded by the monitor of its owner. */
final class ChannelIds {

    /** 65535 stands for no stream at all (RFC 8832 section 5.1). */
    static final int MAX_ID = 65_534;

    private final BitSet taken = new BitSet();
    private @Nullable Boolean dtlsClient;

    boolean roleKnown() {
        return dtlsClient != null;
    }

    /** The DTLS client takes even ids, the server odd ones. Returns whether this is news. */
    boolean role(boolean client) {
        boolean news = dtlsClient == null;
        dtlsClient = client;
        return news;
    }

    boolean isTaken(int id) {
        return taken.get(id);
    }

    void take(int id) {
        taken.set(id);
    }

    void free(int id) {
        taken.clear(id);
    }

    void clear() {
        taken.clear();
    }

    void check(int id, @Nullable Integer streams) {
        if (taken.get(id)) {
            throw DOMException.operation("The id " + id + " is taken");
        }
        if (streams != null && id >= streams) {
            throw DOMException.operation("The association has " + streams + " streams, so there is no id " + id);
        }
    }

    /** The lowest free id of this side; null while the DTLS roles are not known. */
    @Nullable
    Integer next(@Nullable Integer streams) {
        Boolean client = dtlsClient;
        if (client == null) {
            return null;
        }
        int id = client ? 0 : 1;
        while (taken.get(id)) {
            id += 2;
        }
        if (id > MAX_ID || (streams != null && id >= streams)) {
            throw DOMException.operation("Every id of this side is taken");
        }
        return id;
    }
}
