package org.webrtc4j.ice.simulation;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.testkit.VirtualHost;

/** A STUN server without state (RFC 8489 section 12) on a simulated host. */
public final class SimulatedStunServer {

    private final StunReader reader = new StunReader();
    private final StunWriter writer = new StunWriter();
    private int requests;
    private int indications;

    public SimulatedStunServer(VirtualHost host, int port) {
        host.serve(port, this::answer);
    }

    public int requests() {
        return requests;
    }

    public int indications() {
        return indications;
    }

    private @Nullable ByteBuffer answer(InetSocketAddress from, ByteBuffer packet) {
        if (!reader.read(packet)) {
            return null;
        }
        if (reader.type() == Stun.BINDING_INDICATION) {
            indications++;
        }
        if (reader.type() != Stun.BINDING_REQUEST) {
            return null;
        }
        requests++;
        return writer.begin(Stun.BINDING_SUCCESS, reader.transactionHigh(), reader.transactionLow())
                .xorMappedAddress(from)
                .fingerprint()
                .finish();
    }
}
