package org.webrtc4j.jsep;

import java.util.List;
import java.util.Optional;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.sdp.SctpInit;

/**
 * What a description of this side says of its one transport.
 *
 * @param ice the credentials of the generation described
 * @param fingerprints of our certificate
 * @param candidates those gathered so far in that generation
 * @param complete whether no candidate follows
 * @param sctpPort our SCTP port
 * @param maxMessageSize the largest message we take, in bytes
 * @param sctpInit our INIT chunk, when the association's set-up travels in descriptions
 */
public record LocalTransport(
        IceParameters ice,
        List<CertificateFingerprint> fingerprints,
        List<IceCandidate> candidates,
        boolean complete,
        int sctpPort,
        long maxMessageSize,
        Optional<SctpInit> sctpInit) {

    /**
     * Copies the lists.
     *
     * @param ice the credentials
     * @param fingerprints of our certificate
     * @param candidates those gathered so far
     * @param complete whether no candidate follows
     * @param sctpPort our SCTP port
     * @param maxMessageSize the largest message we take, in bytes
     * @param sctpInit our INIT chunk
     */
    public LocalTransport {
        fingerprints = List.copyOf(fingerprints);
        candidates = List.copyOf(candidates);
    }
}
