package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.TurnAttributes;

/**
 * Long-term credentials (RFC 8489 section 9.2.4). The nonce is looked at before the user, so that a flood costs no look-ups;
 * an unknown user and a wrong password are answered alike.
 */
final class Authenticator {

    private final TurnServerOptions options;
    private final byte[] realm;
    private final TimeSource clock;
    private final NonceMint nonces;
    private final Answers answers;

    Authenticator(TurnServerOptions options, TimeSource clock, NonceMint nonces, Answers answers) {
        this.options = options;
        realm = options.realm().getBytes(UTF_8);
        this.clock = clock;
        this.nonces = nonces;
        this.answers = answers;
    }

    static int features(TurnCredentials credentials) {
        return Stun.FEATURE_PASSWORD_ALGORITHMS | (credentials.hidesUsernames() ? Stun.FEATURE_USERNAME_ANONYMITY : 0);
    }

    /**
     * Decides whether a request is authentic, and answers it if it is not.
     *
     * @param existing the allocation of its 5-tuple, or null
     * @return true when the exchange has user name and key
     */
    boolean admits(Exchange request, @Nullable Allocation existing) {
        if (!request.reader.hasIntegrity()) {
            answers.challenge(request, Stun.ERROR_UNAUTHENTICATED);
            return false;
        }
        TurnAttributes turn = request.turn;
        byte[] nonce = turn.nonce();
        byte[] userhash = turn.userhash();
        String name = request.reader.username();
        if (nonce == null || turn.realm() == null || (name == null && userhash == null)) {
            return refuse(request);
        }
        if (!nonces.isGood(nonce, request.client, request.nowNanos)) {
            answers.challenge(request, Stun.ERROR_STALE_NONCE);
            return false;
        }
        request.algorithm = algorithm(turn);
        if (request.algorithm == 0) {
            return refuse(request);
        }
        String username =
                name != null || userhash == null ? name : options.credentials().usernameOf(userhash, options.realm());
        StunKey key = username == null || !turn.isRealm(realm) ? null : key(username, request, existing);
        if (username == null || key == null || !request.reader.isAuthentic(key)) {
            answers.challenge(request, Stun.ERROR_UNAUTHENTICATED);
            return false;
        }
        request.username = username;
        request.key = key;
        return true;
    }

    private boolean refuse(Exchange request) {
        if (answers.mayAnswerStranger(request.nowNanos)) {
            answers.error(request, Stun.ERROR_BAD_REQUEST);
        }
        return false;
    }

    /** Returns 0 when what the client says of algorithms is not what it was told: somebody may bid down. */
    private static int algorithm(TurnAttributes turn) {
        byte[] offered = turn.passwordAlgorithms();
        int chosen = turn.passwordAlgorithm();
        if (offered == null && chosen < 0) {
            return Stun.ALGORITHM_MD5;
        }
        boolean told = offered != null && Arrays.equals(offered, Answers.ALGORITHMS);
        return told && TurnAttributes.offers(Answers.ALGORITHMS, chosen) ? chosen : 0;
    }

    private @Nullable StunKey key(String username, Exchange request, @Nullable Allocation existing) {
        if (existing != null && existing.username.equals(username) && existing.algorithm == request.algorithm) {
            // Good for as long as the allocation, also when the user name has a time limit.
            return existing.key;
        }
        long epochSeconds = TimeUnit.MICROSECONDS.toSeconds(clock.epochMicros(request.nowNanos));
        String password = options.credentials().password(username, epochSeconds);
        if (password == null) {
            return null;
        }
        return request.algorithm == Stun.ALGORITHM_SHA256
                ? StunKey.longTermSha256(username, options.realm(), password)
                : StunKey.longTerm(username, options.realm(), password);
    }
}
