package org.webrtc4j.turnserver.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.webrtc4j.ice.stun.TurnAttributes;

/**
 * Nonces that need not be remembered: the time at which one was made, and an HMAC over it and the client's address under a
 * key of this server.
 */
final class NonceMint {

    private static final int TIME_DIGITS = 8;
    private static final int MAC_DIGITS = 20;

    private final String cookie;
    private final long startNanos;
    private final long lifetimeSeconds;
    private final Mac mac;

    NonceMint(byte[] key, int features, long lifetimeSeconds, long startNanos) {
        cookie = TurnAttributes.nonceCookie(features);
        this.startNanos = startNanos;
        this.lifetimeSeconds = lifetimeSeconds;
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    byte[] make(InetSocketAddress client, long nowNanos) {
        return make(client, (int) seconds(nowNanos));
    }

    private byte[] make(InetSocketAddress client, int seconds) {
        mac.update(
                ByteBuffer.allocate(8).putInt(seconds).putInt(client.getPort()).flip());
        byte[] tag = mac.doFinal(client.getAddress().getAddress());
        String text =
                cookie + HexFormat.of().toHexDigits(seconds) + HexFormat.of().formatHex(tag, 0, MAC_DIGITS / 2);
        return text.getBytes(US_ASCII);
    }

    private long seconds(long nowNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos);
    }

    /** Tells whether this server made it for this client, not too long ago. */
    boolean isGood(byte[] nonce, InetSocketAddress client, long nowNanos) {
        if (nonce.length != cookie.length() + TIME_DIGITS + MAC_DIGITS) {
            return false;
        }
        int made = 0;
        for (int i = cookie.length(); i < cookie.length() + TIME_DIGITS; i++) {
            int digit = Character.digit(nonce[i], 16);
            if (digit < 0) {
                return false;
            }
            made = made << 4 | digit;
        }
        long age = seconds(nowNanos) - made;
        return age >= 0 && age <= lifetimeSeconds && MessageDigest.isEqual(nonce, make(client, made));
    }
}
