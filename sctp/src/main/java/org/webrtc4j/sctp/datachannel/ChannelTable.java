package org.webrtc4j.sctp.datachannel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.shared.StreamTable;

/** Channels by stream id. */
final class ChannelTable {

    /** Ids are 0 to 65534 (RFC 8832 section 6: 65535 is never used). */
    static final int MAX_ID = 65_534;

    private final StreamTable<Channel> channels = new StreamTable<>();
    private int size;

    @Nullable
    Channel get(int id) {
        return channels.get(id);
    }

    void add(Channel channel) {
        channels.put(channel.id, channel);
        size++;
    }

    void remove(Channel channel) {
        if (channels.get(channel.id) == channel) {
            channels.put(channel.id, null);
            size--;
        }
    }

    int size() {
        return size;
    }

    /** The lowest free id of a parity below a limit, or -1. */
    int freeId(int parity, int limit) {
        for (int id = parity; id < limit && id <= MAX_ID; id += 2) {
            if (get(id) == null) {
                return id;
            }
        }
        return -1;
    }

    List<Channel> all() {
        List<Channel> all = new ArrayList<>(size);
        channels.forEach(all::add);
        return all;
    }
}
