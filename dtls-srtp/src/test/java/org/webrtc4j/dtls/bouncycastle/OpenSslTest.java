package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.certificate.Certificates;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.contract.DtlsPeer;
import org.webrtc4j.dtls.contract.RealTimeLoop;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;

/** OpenSSL's own programs as peers, over UDP on loopback: an implementation that shares nothing with ours. */
class OpenSslTest {

    private static final Pattern KEYING_MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final Pattern ACCEPT = Pattern.compile("ACCEPT .*:(\\d+)");

    @TempDir
    @Nullable
    Path folder;

    private final RealTimeLoop loop = new RealTimeLoop();
    private final BouncyCastleDtls factory = new BouncyCastleDtls(new SecureRandom());
    private final LocalCertificate ours = certificate();
    private final LocalCertificate theirs = certificate();
    private final List<String> printed = new ArrayList<>();
    private DtlsPeer peer = new DtlsPeer(factory, DtlsConfig.of("openssl", ours), loop);
    private @Nullable DatagramSocket socket;
    private @Nullable SocketAddress remote;
    private @Nullable Process process;

    @BeforeAll
    static void isInstalled() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "SKIPPED: interop with OpenSSL needs the openssl program");
    }

    @BeforeEach
    void open() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        if (socket != null) {
            socket.close();
        }
        factory.close();
    }

    @Test
    void ourClientAndItsServerExportTheSameKeys() throws Exception {
        startServer("-mtu", "400");
        connectAsClient();
        assertSameKeyBlock();
        assertDataBothWays();
    }

    @Test
    void ourServerAndItsClientExportTheSameKeys() throws Exception {
        startClient("-mtu", "400");
        assertSameKeyBlock();
        assertDataBothWays();
    }

    @Test
    void ourClientAnswersACookieRequest() throws Exception {
        startServer("-listen");
        connectAsClient();
        assertSameKeyBlock();
    }

    @Test
    void chaChaIsSpokenWhereThePeerHasNothingElse() throws Exception {
        startServer("-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305");
        connectAsClient();
        assertThat(peer.connected().orElseThrow().cipher()).contains("CHACHA20");
        assertSameKeyBlock();
        assertDataBothWays();
    }

    @Test
    void itsCloseNotifyClosesUs() throws Exception {
        startClient();
        assertSameKeyBlock();
        type("Q"); // s_client's command for the end
        loop.runUntil("closed", peer::hasEnded);
        assertThat(peer.events()).last().isInstanceOf(DtlsEvent.Closed.class);
    }

    private void connectAsClient() {
        peer.output(this::transmit);
        peer.expect(theirs.fingerprints());
        peer.start(DtlsRole.CLIENT);
        loop.runUntil("connected, OpenSSL said " + printed, peer::hasConnected);
    }

    private void startServer(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-Verify", "1"));
        command.addAll(Arrays.asList(options));
        run(command);
        loop.runUntil("the server's port", () -> find(ACCEPT) != null);
        remote =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(String.valueOf(find(ACCEPT))));
    }

    private void startClient(String... options) throws Exception {
        peer.output(this::transmit);
        peer.expect(theirs.fingerprints());
        peer.start(DtlsRole.SERVER);
        int port = socket == null ? 0 : socket.getLocalPort();
        List<String> command = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(Arrays.asList(options));
        run(command);
        loop.runUntil("connected, OpenSSL said " + printed, peer::hasConnected);
    }

    private void run(List<String> command) throws IOException {
        Path certificate = write("certificate.pem", "CERTIFICATE", encoded(theirs));
        Path key = write("key.pem", "PRIVATE KEY", theirs.privateKey().getEncoded());
        List<String> whole = new ArrayList<>(List.of("openssl"));
        whole.addAll(command);
        whole.addAll(List.of(
                "-dtls1_2",
                "-cert",
                certificate.toString(),
                "-key",
                key.toString(),
                "-use_srtp",
                "SRTP_AEAD_AES_128_GCM",
                "-keymatexport",
                "EXTRACTOR-dtls_srtp",
                "-keymatexportlen",
                "56"));
        Process started = new ProcessBuilder(whole).redirectErrorStream(true).start();
        process = started;
        daemon(() -> readLines(started.inputReader()));
        DatagramSocket open = socket;
        if (open != null) {
            daemon(() -> readDatagrams(open));
        }
    }

    private void readLines(BufferedReader reader) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String read = line;
                loop.execute(() -> printed.add(read));
            }
        } catch (IOException e) {
            // The process has ended with its test.
        }
    }

    private void readDatagrams(DatagramSocket open) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                open.receive(packet);
                byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
                SocketAddress from = packet.getSocketAddress();
                loop.execute(() -> {
                    remote = from;
                    peer.receive(datagram);
                });
            }
        } catch (IOException e) {
            // The socket was closed with its test.
        }
    }

    private void transmit(byte[] datagram) {
        try {
            if (socket != null && remote != null) {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSameKeyBlock() {
        loop.runUntil("OpenSSL's keys, it said " + printed, () -> find(KEYING_MATERIAL) != null);
        KeyingMaterial keys = peer.connected().orElseThrow().keys().orElseThrow();
        assertThat(keys.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        HexFormat hex = HexFormat.of().withUpperCase();
        assertThat(find(KEYING_MATERIAL))
                .isEqualTo(hex.formatHex(keys.clientKey())
                        + hex.formatHex(keys.serverKey())
                        + hex.formatHex(keys.clientSalt())
                        + hex.formatHex(keys.serverSalt()));
    }

    private void assertDataBothWays() throws IOException {
        assertThat(peer.send("from us\n".getBytes(StandardCharsets.US_ASCII))).isTrue();
        loop.runUntil("our data", () -> printed.contains("from us"));
        type("from them");
        loop.runUntil("their data", () -> !peer.data().isEmpty());
        assertThat(peer.data().get(0)).isEqualTo("from them\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void type(String line) throws IOException {
        if (process != null) {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        }
    }

    private @Nullable String find(Pattern pattern) {
        for (String line : printed) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private Path write(String name, String label, byte[] der) throws IOException {
        if (folder == null) {
            throw new IllegalStateException();
        }
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static byte[] encoded(LocalCertificate local) {
        try {
            return local.certificate().getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private static LocalCertificate certificate() {
        return Certificates.generate(CertificateAlgorithm.ECDSA_P256, new SecureRandom(), System.currentTimeMillis());
    }
}
