package org.webrtc4j;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.DtlsStats;

/** Makes endpoints whose handshake never gets an answer, for tests of what comes before it. */
final class SilentDtls implements DtlsEndpointFactory {

    @Override
    public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
        return new Endpoint();
    }

    @Override
    public void close() {}

    private static final class Endpoint implements DtlsEndpoint {

        @Override
        public void start(DtlsRole role, long nowNanos) {}

        @Override
        public void setRemoteFingerprints(List<CertificateFingerprint> fingerprints) {}

        @Override
        public boolean sendApplicationData(ByteBuffer data, long nowNanos) {
            return false;
        }

        @Override
        public void close(long nowNanos) {}

        @Override
        public DtlsStats stats() {
            return new DtlsStats(0, 0, Map.of());
        }

        @Override
        public void handlePacket(ByteBuffer packet, long nowNanos) {}

        @Override
        public void handleTimeout(long nowNanos) {}

        @Override
        public long nextTimeout() {
            return NEVER;
        }
    }
}
