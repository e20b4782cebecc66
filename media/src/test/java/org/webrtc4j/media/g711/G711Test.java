package org.webrtc4j.media.g711;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class G711Test {

    /** ITU-T G.711 tables 1 and 2: the ends of the scale, and its middle. */
    @Test
    void theEndsAndTheMiddleOfTheScaleAreThoseOfTheTables() {
        assertThat(G711.fromMuLaw((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(G711.fromMuLaw((byte) 0x00)).isEqualTo((short) -32_124);
        assertThat(G711.fromMuLaw((byte) 0xff)).isZero();
        assertThat(G711.fromMuLaw((byte) 0x7f)).isZero();
        assertThat(G711.fromALaw((byte) 0xaa)).isEqualTo((short) 32_256);
        assertThat(G711.fromALaw((byte) 0x2a)).isEqualTo((short) -32_256);
        assertThat(G711.fromALaw((byte) 0xd5)).isEqualTo((short) 8);
        assertThat(G711.fromALaw((byte) 0x55)).isEqualTo((short) -8);
        assertThat(G711.toMuLaw((short) 0)).isEqualTo((byte) 0xff);
        assertThat(G711.toALaw((short) 0)).isEqualTo((byte) 0xd5);
    }

    @Test
    void everyCodeIsThatOfItsValue() {
        for (int code = 0; code < 256; code++) {
            short mu = G711.fromMuLaw((byte) code);
            if (code != 0x7f) {
                assertThat(G711.toMuLaw(mu) & 0xff).as("mu-law %02x", code).isEqualTo(code);
            }
            short a = G711.fromALaw((byte) code);
            assertThat(G711.toALaw(a) & 0xff).as("A-law %02x", code).isEqualTo(code);
        }
    }

    /** A step is at most a sixteenth of the value; what the tables drop of a sample comes on top. */
    @Test
    void aSampleComesBackWithinHalfAStepAndLouderSamplesNeverQuieter() {
        int previousMu = Integer.MIN_VALUE;
        int previousA = Integer.MIN_VALUE;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int mu = G711.fromMuLaw(G711.toMuLaw((short) sample));
            int a = G711.fromALaw(G711.toALaw((short) sample));
            if (mu < previousMu
                    || a < previousA
                    || Math.abs(sample - mu) > (Math.abs(sample) + 132) / 32 + 4
                    || Math.abs(sample - a) > Math.abs(sample) / 32 + 16) {
                throw new AssertionError(sample + " became " + mu + " and " + a);
            }
            previousMu = mu;
            previousA = a;
        }
        assertThat(previousMu).isEqualTo(32_124);
        assertThat(previousA).isEqualTo(32_256);
    }
}
