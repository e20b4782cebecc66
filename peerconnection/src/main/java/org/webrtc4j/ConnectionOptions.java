package org.webrtc4j;

import java.util.Objects;
import java.util.Optional;

/**
 * What a server chooses for one connection beside its {@link RTCConfiguration}.
 *
 * @param name stands in every log line and event of the connection
 * @param iceParameters the ufrag and password of this side in the first ICE generation, chosen by the caller; empty to draw
 *     them. Its member {@code iceLite} counts for nothing: that is the runtime's
 */
public record ConnectionOptions(String name, Optional<RTCIceParameters> iceParameters) {

    /**
     * Checks that nothing is null.
     *
     * @param name stands in every log line and event of the connection
     * @param iceParameters the ufrag and password of this side
     */
    public ConnectionOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(iceParameters, "iceParameters");
    }

    /**
     * Begins with everything at its default.
     *
     * @param name stands in every log line and event of the connection
     * @return the options
     */
    public static ConnectionOptions named(String name) {
        return new ConnectionOptions(name, Optional.empty());
    }

    /**
     * Chooses ufrag and password of this side, so that the other side can know them without signalling. A restart draws new
     * ones. On a shared port the ufrag has to be unique: of two connections with one ufrag the later one gets no checks,
     * which is counted as {@code refusedUfrag}.
     *
     * @param ufrag 4 to 256 letters, digits, plus and slash
     * @param password 22 to 256 of them, of which 128 bits must be unpredictable (RFC 8445 section 5.3)
     * @return options with these
     */
    public ConnectionOptions withIceCredentials(String ufrag, String password) {
        return new ConnectionOptions(name, Optional.of(new RTCIceParameters(ufrag, password, false)));
    }
}
