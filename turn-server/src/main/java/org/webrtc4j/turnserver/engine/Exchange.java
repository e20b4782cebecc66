package org.webrtc4j.turnserver.engine;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.TurnAttributes;

/** The message at hand: who sent it, what it says, and the credentials by which it is authentic. One object, reused. */
final class Exchange {

    private static final InetSocketAddress NOBODY = InetSocketAddress.createUnresolved("nobody", 0);

    final TurnAttributes turn = new TurnAttributes();
    final StunReader reader = StunReader.of(turn);
    int listener;
    InetSocketAddress client = NOBODY;
    long nowNanos;
    String username = "";
    int algorithm;

    @Nullable
    StunKey key;

    void begin(int from, InetSocketAddress address, long now) {
        listener = from;
        client = address;
        nowNanos = now;
        username = "";
        algorithm = 0;
        key = null;
    }

    StunKey requireKey() {
        StunKey authentic = key;
        if (authentic == null) {
            throw new IllegalStateException("the request was not authenticated");
        }
        return authentic;
    }
}
