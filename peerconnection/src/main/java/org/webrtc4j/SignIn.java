package org.webrtc4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceParameters;

/**
 * What an {@link UnknownUfragHandler} knows of a connection without signalling: the secrets of both sides, the certificate
 * that the other side will prove, and what becomes of the connection. Immutable.
 *
 * <p>The other side describes this one by hand. Its description of us is an answer with one data section, our ufrag and
 * password, the fingerprint of our certificate (give it by {@link RTCConfiguration#certificates}), {@code a=setup:passive},
 * and our UDP port as its candidate; the other side controls.
 */
public final class SignIn {

    /** What RFC 8841 section 6.1 assumes of a peer that does not say how large a message may be. */
    static final long DEFAULT_MAX_MESSAGE_BYTES = 65_536;

    static final int DEFAULT_SCTP_PORT = 5_000;

    private final String localPassword;
    private final String remotePassword;
    private final List<CertificateFingerprint> remoteFingerprints;
    private final RTCConfiguration configuration;
    private final @Nullable String name;
    private final int sctpPort;
    private final long maxMessageBytes;
    private final Consumer<RTCPeerConnection> accepted;

    private SignIn(Builder builder) {
        localPassword = builder.localPassword;
        remotePassword = builder.remotePassword;
        remoteFingerprints = List.copyOf(builder.remoteFingerprints);
        configuration = builder.configuration;
        name = builder.name;
        sctpPort = builder.sctpPort;
        maxMessageBytes = builder.maxMessageBytes;
        accepted = builder.accepted;
    }

    /**
     * Begins an answer with the two secrets; they may be equal.
     *
     * @param localPassword the ICE password of this side: the check that waits must have been made with it
     * @param remotePassword the ICE password of the other side, for our checks
     * @return a builder
     * @throws IllegalArgumentException when one is not 22 to 256 letters, digits, plus and slash
     */
    public static Builder builder(String localPassword, String remotePassword) {
        return new Builder(localPassword, remotePassword);
    }

    String localPassword() {
        return localPassword;
    }

    String remotePassword() {
        return remotePassword;
    }

    List<CertificateFingerprint> remoteFingerprints() {
        return remoteFingerprints;
    }

    RTCConfiguration configuration() {
        return configuration;
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    int sctpPort() {
        return sctpPort;
    }

    long maxMessageBytes() {
        return maxMessageBytes;
    }

    Consumer<RTCPeerConnection> accepted() {
        return accepted;
    }

    /** Leaves the passwords out. */
    @Override
    public String toString() {
        return "SignIn[name=" + name + "]";
    }

    /** Collects what a {@link SignIn} says. Not thread-safe. */
    public static final class Builder {

        private final String localPassword;
        private final String remotePassword;
        private final List<CertificateFingerprint> remoteFingerprints = new ArrayList<>();
        private RTCConfiguration configuration = RTCConfiguration.defaults();
        private @Nullable String name;
        private int sctpPort = DEFAULT_SCTP_PORT;
        private long maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
        private Consumer<RTCPeerConnection> accepted = connection -> {};

        private Builder(String localPassword, String remotePassword) {
            IceParameters.checkPassword(localPassword);
            IceParameters.checkPassword(remotePassword);
            this.localPassword = localPassword;
            this.remotePassword = remotePassword;
        }

        /**
         * Adds a fingerprint of the certificate that the other side proves in DTLS; at least one is needed.
         *
         * @param fingerprint as {@link RTCCertificate#getFingerprints} gives it
         * @return this
         * @throws IllegalArgumentException when it is none, or its hash function proves nothing
         */
        public Builder remoteFingerprint(RTCDtlsFingerprint fingerprint) {
            CertificateFingerprint canonical = new CertificateFingerprint(fingerprint.algorithm(), fingerprint.value());
            if (!canonical.isUsable()) {
                throw new IllegalArgumentException("Fingerprints of " + canonical.algorithm() + " prove nothing");
            }
            remoteFingerprints.add(canonical);
            return this;
        }

        /**
         * Sets how the connection is made, its certificate among that.
         *
         * @param chosen the configuration; default {@link RTCConfiguration#defaults}, whose certificate the other side cannot
         *     know beforehand
         * @return this
         */
        public Builder configuration(RTCConfiguration chosen) {
            configuration = requireNonNull(chosen, "chosen");
            return this;
        }

        /**
         * Sets the name of the connection in logs and events.
         *
         * @param chosen the name; drawn by default
         * @return this
         */
        public Builder name(String chosen) {
            name = requireNonNull(chosen, "chosen");
            return this;
        }

        /**
         * Sets the SCTP port of the other side.
         *
         * @param port 1 to 65535; default 5000
         * @return this
         */
        public Builder sctpPort(int port) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            sctpPort = port;
            return this;
        }

        /**
         * Sets the largest message that the other side takes.
         *
         * @param bytes at least 1; default 65,536, which RFC 8841 section 6.1 assumes of a peer that does not say
         * @return this
         */
        public Builder maxMessageBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("not a size: " + bytes);
            }
            maxMessageBytes = bytes;
            return this;
        }

        /**
         * Sets who takes the connection.
         *
         * @param takes called once in the connection's event place, before anything is known of the other side: handlers set
         *     and negotiated channels made there miss nothing. If it throws, the connection is closed
         * @return this
         */
        public Builder accepted(Consumer<RTCPeerConnection> takes) {
            accepted = requireNonNull(takes, "takes");
            return this;
        }

        /**
         * Makes the answer.
         *
         * @return what the handler answers
         * @throws IllegalStateException without a fingerprint: whoever reads the checks on their way could be the other side
         */
        public SignIn build() {
            if (remoteFingerprints.isEmpty()) {
                throw new IllegalStateException("A connection without signalling needs the other side's fingerprint");
            }
            return new SignIn(this);
        }
    }
}
