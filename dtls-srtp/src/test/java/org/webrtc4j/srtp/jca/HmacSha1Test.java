package org.webrtc4j.srtp.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.webrtc4j.crypto.JdkCrypto;

class HmacSha1Test {

    private static final byte[] KEY = new byte[20];

    @Test
    void itIsTheHmacOfThePlatformForEveryLength() throws Exception {
        HmacSha1 hmac = new HmacSha1(KEY);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(KEY, "HmacSHA1"));
        byte[] text = new byte[1_300];
        new Random(3).nextBytes(text);
        for (int length = 0; length < text.length - 7; length++) {
            mac.update(text, 7, length);
            assertThat(hmac.tag(text, 7, length)).isEqualTo(mac.doFinal());
            mac.update(text, 7, length);
            assertThat(hmac.tag(text, 7, length, 0x1234_5678))
                    .isEqualTo(mac.doFinal(new byte[] {0x12, 0x34, 0x56, 0x78}));
        }
    }

    @Test
    void aDigestThatRefusesToBeCopiedGivesTheSameTags() {
        HmacSha1 copying = new HmacSha1(KEY);
        HmacSha1 other = new HmacSha1(KEY, new NotCloneable(), new NotCloneable());
        byte[] text = new byte[100];
        for (int length = 0; length < text.length; length++) {
            assertThat(other.tag(text, 0, length)).isEqualTo(copying.tag(text, 0, length));
            assertThat(other.tag(text, 0, length, 5)).isEqualTo(copying.tag(text, 0, length, 5));
        }
    }

    private static final class NotCloneable extends MessageDigest {

        private final MessageDigest digest = JdkCrypto.sha1();

        NotCloneable() {
            super("SHA-1");
        }

        @Override
        protected void engineUpdate(byte input) {
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }
    }
}
