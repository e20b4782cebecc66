package org.webrtc4j.srtp.jca;

import java.nio.ByteBuffer;
import org.webrtc4j.srtp.SrtpCounters;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;

/** Two directions, each with ciphers and keys of its own. */
final class JcaSrtpTransform implements SrtpTransform {

    private final SrtpCounters counters = new SrtpCounters();
    private final Outgoing outgoing;
    private final Incoming incoming;

    JcaSrtpTransform(SrtpProfile profile, KeyDerivation sending, KeyDerivation receiving) {
        outgoing = new Outgoing(profile, sending, counters);
        incoming = new Incoming(profile, receiving, counters);
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Incoming incoming() {
        return incoming;
    }

    @Override
    public int protectRtp(ByteBuffer source, ByteBuffer destination) {
        return outgoing.protectRtp(source, destination);
    }

    @Override
    public int protectRtp(ByteBuffer header, ByteBuffer payload, ByteBuffer destination) {
        return outgoing.protectRtp(header, payload, destination);
    }

    @Override
    public int unprotectRtp(ByteBuffer source, ByteBuffer destination) {
        return incoming.unprotectRtp(source, destination);
    }

    @Override
    public int protectRtcp(ByteBuffer source, ByteBuffer destination) {
        return outgoing.protectRtcp(source, destination);
    }

    @Override
    public int unprotectRtcp(ByteBuffer source, ByteBuffer destination) {
        return incoming.unprotectRtcp(source, destination);
    }

    @Override
    public SrtpCounters counters() {
        return counters;
    }
}
