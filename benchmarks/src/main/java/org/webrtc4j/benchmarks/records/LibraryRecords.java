package org.webrtc4j.benchmarks.records;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** By Bouncy Castle's own records: AES-128-GCM of the library's, or of the JDK's inside them. The handshake is of no matter. */
final class LibraryRecords implements RecordRow {

    private static final int SUITE = CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256;
    private static final byte[] KEY = new byte[16];
    private static final byte[] NAME = {'b'};
    private static final int ROOM_BYTES = 4_096;
    private static final int WAIT_SECONDS = 30;

    private final Wire toServer = new Wire();
    private final Wire toClient = new Wire();
    private final DTLSTransport client;
    private final DTLSTransport server;
    private final byte[] content;
    private final byte[] opened = new byte[ROOM_BYTES];

    LibraryRecords(int contentBytes, boolean jdk) throws Exception {
        content = new byte[contentBytes];
        SecureRandom random = new SecureRandom();
        TlsCrypto crypto = jdk ? new JdkGcmCrypto(random) : new BcTlsCrypto(random);
        LinkedBlockingQueue<Object> accepted = new LinkedBlockingQueue<>();
        Thread acceptor = new Thread(() -> {
            try {
                accepted.add(new DTLSServerProtocol().accept(new Server(crypto), new End(toServer, toClient)));
            } catch (IOException e) {
                accepted.add(e);
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        client = new DTLSClientProtocol().connect(new Client(crypto), new End(toClient, toServer));
        Object result = accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (!(result instanceof DTLSTransport transport)) {
            throw new IllegalStateException("The handshake failed: " + result);
        }
        server = transport;
        acceptor.join();
        toServer.takesRows();
    }

    @Override
    public void seal() throws IOException {
        toServer.clear();
        for (int i = 0; i < RECORDS; i++) {
            client.send(content, 0, content.length);
        }
    }

    @Override
    public void open() throws IOException {
        for (int i = 0; i < RECORDS; i++) {
            if (server.receive(opened, 0, opened.length, 1) != content.length) {
                throw new IllegalStateException("A record was dropped");
            }
        }
    }

    /** One direction: a queue between two threads, later a row on one. */
    private static final class Wire {
        private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
        private final byte[][] row = new byte[RECORDS][ROOM_BYTES];
        private final int[] lengths = new int[RECORDS];
        private volatile boolean rows;
        private int made;
        private int read;

        void takesRows() {
            rows = true;
        }

        void clear() {
            made = 0;
            read = 0;
        }

        void put(byte[] bytes, int offset, int length) {
            if (!rows) {
                queue.add(Arrays.copyOfRange(bytes, offset, offset + length));
                return;
            }
            System.arraycopy(bytes, offset, row[made], 0, length);
            lengths[made++] = length;
        }

        int take(byte[] bytes, int offset, int waitMillis) {
            if (!rows) {
                return poll(bytes, offset, waitMillis);
            }
            System.arraycopy(row[read], 0, bytes, offset, lengths[read]);
            return lengths[read++];
        }

        private int poll(byte[] bytes, int offset, int waitMillis) {
            try {
                byte[] record = queue.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
                if (record == null) {
                    return -1;
                }
                System.arraycopy(record, 0, bytes, offset, record.length);
                return record.length;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }

    private record End(Wire in, Wire out) implements DatagramTransport {

        @Override
        public int getReceiveLimit() {
            return ROOM_BYTES;
        }

        @Override
        public int getSendLimit() {
            return ROOM_BYTES;
        }

        @Override
        public int receive(byte[] bytes, int offset, int length, int waitMillis) {
            return in.take(bytes, offset, waitMillis);
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            out.put(bytes, offset, length);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Client extends PSKTlsClient {

        Client(TlsCrypto crypto) {
            super(crypto, new BasicTlsPSKIdentity(NAME, KEY));
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {SUITE};
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }
    }

    private static final class Server extends PSKTlsServer {

        Server(TlsCrypto crypto) {
            super(crypto, new TlsPSKIdentityManager() {
                @Override
                public byte[] getHint() {
                    return NAME.clone();
                }

                @Override
                public byte[] getPSK(byte[] identity) {
                    return KEY.clone();
                }
            });
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {SUITE};
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }
    }
}
