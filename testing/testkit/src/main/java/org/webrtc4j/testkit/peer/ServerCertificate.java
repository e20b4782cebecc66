package org.webrtc4j.testkit.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for a server of a test, in the forms in which servers and clients take it. */
public final class ServerCertificate {

    /** Of the store and its key. */
    public static final String PASSWORD = "password";

    private ServerCertificate() {}

    /**
     * Makes a certificate that signs itself.
     *
     * @param folder where to
     * @param names as in {@code ip:127.0.0.1,dns:localhost}
     * @return a PKCS12 store, which has the key, and which as a trust store trusts the certificate
     * @throws IOException when keytool fails
     * @throws InterruptedException when interrupted
     */
    public static Path store(Path folder, String names) throws IOException, InterruptedException {
        Path store = folder.resolve("turn.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "turn",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=turn",
                        "-ext",
                        "SAN=" + names,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
        }
        return store;
    }

    /**
     * Writes certificate and key as other servers read them.
     *
     * @param store made by {@link #store}
     * @param folder where to
     * @return the certificate; the key lies beside it as key.pem
     * @throws IOException when files cannot be read or written
     * @throws GeneralSecurityException when it is no such store
     */
    public static Path writePem(Path store, Path folder) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("turn", PASSWORD.toCharArray()).getEncoded()));
        return Files.writeString(
                folder.resolve("certificate.pem"),
                pem("CERTIFICATE", keys.getCertificate("turn").getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
