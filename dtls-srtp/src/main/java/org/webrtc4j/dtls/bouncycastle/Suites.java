package org.webrtc4j.dtls.bouncycastle;

import java.util.Vector;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;

/** What we negotiate (RFC 8827 section 6.5), in order of preference: forward secrecy and AEAD only. */
@SuppressWarnings("JdkObsolete") // Vector is the library's API
final class Suites {

    private static final int[] ECDSA = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
    private static final int[] RSA = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    };
    private static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};

    private Suites() {}

    /** A client's: the kind of key is the server's matter. */
    static int[] all() {
        int[] all = new int[ECDSA.length + RSA.length];
        for (int i = 0; i < ECDSA.length; i++) {
            all[2 * i] = ECDSA[i];
            all[2 * i + 1] = RSA[i];
        }
        return all;
    }

    /** A server's: those its key can sign for. */
    static int[] forKey(boolean rsa) {
        return rsa ? RSA.clone() : ECDSA.clone();
    }

    static int[] groups() {
        return GROUPS.clone();
    }

    static boolean isGroup(int namedGroup) {
        for (int group : GROUPS) {
            if (group == namedGroup) {
                return true;
            }
        }
        return false;
    }

    static Vector<SignatureAndHashAlgorithm> signatures() {
        Vector<SignatureAndHashAlgorithm> signatures = new Vector<>();
        signatures.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        signatures.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        signatures.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        signatures.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
        signatures.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha384);
        signatures.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.rsa));
        return signatures;
    }

    static String name(int suite) {
        return switch (suite) {
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 -> "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 -> "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 ->
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
            case CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 -> "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
            case CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 -> "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
            case CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 ->
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
            default -> throw new IllegalArgumentException("Never offered: " + suite);
        };
    }
}
