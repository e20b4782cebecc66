package org.webrtc4j.sctp.datachannel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Channels by stream id, in blocks made on first use. */
final class ChannelTable {

    /** Ids are 0 to 65534 (RFC 8832 section 6: 65535 is never used). */
    static final int MAX_ID = 65_534;

    private static final int BLOCK = 256;

    private final @Nullable Channel[][] blocks = new Channel[65_536 / BLOCK][];
    private int size;

    @Nullable
    Channel get(int id) {
        Channel[] block = blocks[id / BLOCK];
        return block == null ? null : block[id % BLOCK];
    }

    void add(Channel channel) {
        Channel[] block = blocks[channel.id / BLOCK];
        if (block == null) {
            block = new Channel[BLOCK];
            blocks[channel.id / BLOCK] = block;
        }
        block[channel.id % BLOCK] = channel;
        size++;
    }

    void remove(Channel channel) {
        @Nullable Channel[] block = blocks[channel.id / BLOCK];
        if (block != null && block[channel.id % BLOCK] == channel) {
            block[channel.id % BLOCK] = null;
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
        for (@Nullable Channel[] block : blocks) {
            if (block != null) {
                for (Channel channel : block) {
                    if (channel != null) {
                        all.add(channel);
                    }
                }
            }
        }
        return all;
    }
}
