package org.webrtc4j.ice.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/** Answers authentic requests (RFC 8445 section 7.3.1), always with integrity. */
final class Answerer {

    private static final byte[] BAD_REQUEST = "Bad Request".getBytes(US_ASCII);
    private static final byte[] UNKNOWN_ATTRIBUTE = "Unknown Attribute".getBytes(US_ASCII);
    private static final byte[] ROLE_CONFLICT = "Role Conflict".getBytes(US_ASCII);

    private final IceEngine.Sink sink;
    private final StunWriter writer;

    Answerer(IceEngine.Sink sink, StunWriter writer) {
        this.sink = sink;
        this.writer = writer;
    }

    void succeed(LocalPort port, InetSocketAddress to, StunReader request, StunKey key) {
        writer.begin(Stun.BINDING_SUCCESS, request.transactionHigh(), request.transactionLow())
                .xorMappedAddress(to);
        send(port, to, key);
    }

    void refuseRole(LocalPort port, InetSocketAddress to, StunReader request, StunKey key) {
        begin(request).errorCode(Stun.ERROR_ROLE_CONFLICT, ROLE_CONFLICT);
        send(port, to, key);
    }

    void refuseUnknown(LocalPort port, InetSocketAddress to, StunReader request, StunKey key) {
        begin(request)
                .errorCode(Stun.ERROR_UNKNOWN_ATTRIBUTE, UNKNOWN_ATTRIBUTE)
                .unknownAttributes(request);
        send(port, to, key);
    }

    void refuse(LocalPort port, InetSocketAddress to, StunReader request, StunKey key) {
        begin(request).errorCode(Stun.ERROR_BAD_REQUEST, BAD_REQUEST);
        send(port, to, key);
    }

    private StunWriter begin(StunReader request) {
        return writer.begin(Stun.BINDING_ERROR, request.transactionHigh(), request.transactionLow());
    }

    private void send(LocalPort port, InetSocketAddress to, StunKey key) {
        sink.transmit(port.id(), to, writer.integrity(key).fingerprint().finish());
    }
}
