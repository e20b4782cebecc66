package org.webrtc4j.ice.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.stun.StunKey;

/** The credentials of one side in one generation, ready for use: bytes of the ufrag and the key of the password. */
final class Credentials {

    private final IceParameters parameters;
    private final byte[] ufrag;
    private final StunKey key;

    Credentials(IceParameters parameters) {
        this.parameters = parameters;
        this.ufrag = parameters.ufrag().getBytes(UTF_8);
        this.key = StunKey.shortTerm(parameters.pwd());
    }

    IceParameters parameters() {
        return parameters;
    }

    byte[] ufrag() {
        return ufrag;
    }

    StunKey key() {
        return key;
    }

    /** The USERNAME of requests to this side (RFC 8445 section 7.2.2). */
    byte[] usernameFrom(Credentials sender) {
        return (parameters.ufrag() + ":" + sender.parameters.ufrag()).getBytes(UTF_8);
    }
}
