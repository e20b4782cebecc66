package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.StunKey;

/** Who may use the server. Called on the server's loop for each new allocation: must not block. */
public interface TurnCredentials {

    /** How many users at most can hide their names: a hash is compared with that of each. */
    int MAX_HIDDEN_USERS = 100;

    /**
     * Returns the password of a user.
     *
     * @param username as the client sent it; from a stranger
     * @param epochSeconds the wall-clock time
     * @return the password, or null when there is no such user or no longer
     */
    @Nullable
    String password(String username, long epochSeconds);

    /**
     * Returns whose quota an allocation counts against.
     *
     * @param username a user name for which there is a password
     * @return the name itself unless several user names are one user
     */
    default String account(String username) {
        return username;
    }

    /**
     * Finds a user name by its hash (RFC 8489 section 14.4).
     *
     * @param userhash 32 bytes from a stranger
     * @param realm the server's realm
     * @return null when there is none, or user names cannot be listed
     */
    default @Nullable String usernameOf(byte[] userhash, String realm) {
        return null;
    }

    /**
     * Tells whether {@link #usernameOf} works; clients that can then hide their names.
     *
     * @return false unless user names can be listed
     */
    default boolean hidesUsernames() {
        return false;
    }

    /**
     * Takes users and their passwords. Up to {@link #MAX_HIDDEN_USERS} of them can hide their names.
     *
     * @param passwords by user name; copied
     * @return credentials that never expire
     */
    static TurnCredentials ofUsers(Map<String, String> passwords) {
        Map<String, String> users = Map.copyOf(passwords);
        return new TurnCredentials() {
            @Override
            public @Nullable String password(String username, long epochSeconds) {
                return users.get(username);
            }

            @Override
            public @Nullable String usernameOf(byte[] userhash, String realm) {
                if (!hidesUsernames()) {
                    return null;
                }
                for (String username : users.keySet()) {
                    if (Arrays.equals(userhash, StunKey.userhash(username, realm))) {
                        return username;
                    }
                }
                return null;
            }

            @Override
            public boolean hidesUsernames() {
                return users.size() <= MAX_HIDDEN_USERS;
            }
        };
    }

    /**
     * Takes time-limited credentials that a web service makes with a shared secret (draft-uberti-behave-turn-rest-00
     * section 2.2): the user name is the Unix time at which it expires, a colon and a name; the password is {@link
     * #restPassword}. An allocation made in time goes on after that.
     *
     * @param secret shared with the web service
     * @return credentials whose accounts are the names after the colon
     */
    static TurnCredentials ofSharedSecret(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("an empty secret is none");
        }
        return new TurnCredentials() {
            @Override
            public @Nullable String password(String username, long epochSeconds) {
                int colon = username.indexOf(':');
                String expiry = colon < 0 ? username : username.substring(0, colon);
                // Up to 18 digits, which a long holds.
                if (expiry.isEmpty()
                        || expiry.length() > 18
                        || !expiry.chars().allMatch(each -> each >= '0' && each <= '9')
                        || Long.parseLong(expiry) < epochSeconds) {
                    return null;
                }
                return restPassword(secret, username);
            }

            @Override
            public String account(String username) {
                return username.substring(username.indexOf(':') + 1);
            }
        };
    }

    /**
     * Makes the password of a time-limited user name, as the web service does.
     *
     * @param secret shared with the server
     * @param username the expiry as Unix time in seconds, a colon and a name
     * @return Base64 of HMAC-SHA1 of the user name under the secret
     */
    static String restPassword(String secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }
}
