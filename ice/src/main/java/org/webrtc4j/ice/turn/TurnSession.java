package org.webrtc4j.ice.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.ice.stun.TurnAttributes;

/** The client's side of long-term credentials (RFC 8489 section 9.2): learned from a challenge, used until the next. */
final class TurnSession {

    private final String username;
    private final String password;
    private byte[] realm = new byte[0];
    private byte[] nonce = new byte[0];
    private byte @Nullable [] algorithms;
    private int algorithm;
    private boolean hidesUsername;
    private @Nullable StunKey key;

    TurnSession(String username, String password) {
        this.username = username;
        this.password = password;
    }

    boolean hasAccount() {
        return !username.isEmpty();
    }

    boolean isChallenged() {
        return key != null;
    }

    /**
     * Takes realm and nonce of a 401 or 438.
     *
     * @return false when they are missing, or contradict each other as if somebody bid the security down
     */
    boolean challenged(TurnAttributes turn) {
        byte[] newNonce = turn.nonce();
        String newRealm = turn.realm();
        if (newNonce == null || newRealm == null) {
            return false;
        }
        int features = TurnAttributes.features(newNonce);
        byte[] offered = turn.passwordAlgorithms();
        boolean promised = (features & Stun.FEATURE_PASSWORD_ALGORITHMS) != 0;
        if (promised != (offered != null)) {
            return false;
        }
        int chosen = 0;
        if (offered != null) {
            chosen = TurnAttributes.offers(offered, Stun.ALGORITHM_SHA256)
                    ? Stun.ALGORITHM_SHA256
                    : TurnAttributes.offers(offered, Stun.ALGORITHM_MD5) ? Stun.ALGORITHM_MD5 : -1;
        }
        if (chosen < 0) {
            return false;
        }
        nonce = newNonce;
        realm = newRealm.getBytes(UTF_8);
        algorithms = offered;
        algorithm = chosen;
        hidesUsername = (features & Stun.FEATURE_USERNAME_ANONYMITY) != 0;
        key = chosen == Stun.ALGORITHM_SHA256
                ? StunKey.longTermSha256(username, newRealm, password)
                : StunKey.longTerm(username, newRealm, password);
        return true;
    }

    /** Writes what proves who the client is; without a challenge nothing. */
    void sign(StunWriter writer) {
        StunKey known = key;
        if (known == null) {
            return;
        }
        if (hidesUsername) {
            writer.userhash(StunKey.userhash(username, new String(realm, UTF_8)));
        } else {
            writer.username(username.getBytes(UTF_8));
        }
        writer.realm(realm).nonce(nonce);
        if (algorithms == null) {
            writer.integrity(known);
        } else {
            // Once algorithms were offered, only the newer integrity is sent (RFC 8489 section 9.2.5).
            writer.passwordAlgorithms(algorithms).passwordAlgorithm(algorithm).integritySha256(known);
        }
    }

    boolean isAuthentic(StunReader response) {
        return key != null && response.isAuthentic(key);
    }
}
