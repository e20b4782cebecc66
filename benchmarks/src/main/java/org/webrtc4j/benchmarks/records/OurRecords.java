package org.webrtc4j.benchmarks.records;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.benchmarks.MemoryLoop;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.dtls.bouncycastle.BouncyCastleDtls;

/** By the endpoints that connections use. */
final class OurRecords implements RecordRow {

    private static final int OVERHEAD_BYTES = 64;

    private final Side client;
    private final Side server;
    private final ByteBuffer content;

    OurRecords(int contentBytes) {
        SecureRandom random = new SecureRandom();
        content = ByteBuffer.allocate(contentBytes);
        MemoryLoop loop = new MemoryLoop();
        LocalCertificate certificate =
                Certificates.generate(CertificateAlgorithm.ECDSA_P256, random, System.currentTimeMillis());
        try (BouncyCastleDtls factory = new BouncyCastleDtls(random)) {
            client = new Side(factory, certificate, loop, contentBytes);
            server = new Side(factory, certificate, loop, contentBytes);
            client.peer = server;
            server.peer = client;
            server.endpoint.start(DtlsRole.SERVER, System.nanoTime());
            client.endpoint.start(DtlsRole.CLIENT, System.nanoTime());
            MemoryLoop.runUntil(() -> client.connected && server.connected, loop);
        }
    }

    @Override
    public void seal() {
        client.made = 0;
        for (int i = 0; i < RECORDS; i++) {
            client.endpoint.sendApplicationData(content, 0);
        }
    }

    @Override
    public void open() {
        long expected = server.received + (long) RECORDS * content.capacity();
        for (ByteBuffer record : client.row) {
            server.endpoint.handlePacket(record, 0);
        }
        if (server.received != expected) {
            throw new IllegalStateException("Records were dropped: " + server.endpoint.stats());
        }
    }

    private static final class Side implements DtlsSink {
        final DtlsEndpoint endpoint;
        final ByteBuffer[] row = new ByteBuffer[RECORDS];
        private final EventLoop loop;

        @Nullable
        Side peer;

        boolean connected;
        int made;
        long received;

        Side(BouncyCastleDtls factory, LocalCertificate certificate, EventLoop loop, int contentBytes) {
            this.loop = loop;
            endpoint = factory.create(DtlsConfig.of("records", certificate), loop, this);
            endpoint.setRemoteFingerprints(certificate.fingerprints());
            for (int i = 0; i < RECORDS; i++) {
                row[i] = ByteBuffer.allocate(contentBytes + OVERHEAD_BYTES);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            if (connected) {
                row[made++].clear().put(packet).flip();
                return;
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            Side other = peer;
            if (other != null) {
                loop.execute(() -> other.endpoint.handlePacket(ByteBuffer.wrap(copy), System.nanoTime()));
            }
        }

        @Override
        public void onApplicationData(ByteBuffer data) {
            received += data.remaining();
        }

        @Override
        public void onEvent(DtlsEvent event) {
            if (!(event instanceof DtlsEvent.Connected)) {
                throw new IllegalStateException(event.toString());
            }
            connected = true;
        }
    }
}
