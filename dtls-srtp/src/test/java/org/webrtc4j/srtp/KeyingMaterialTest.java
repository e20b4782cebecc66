package org.webrtc4j.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyingMaterialTest {

    /** RFC 5764 section 4.2: client key, server key, client salt, server salt. */
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void theExportersBytesAreCutInTheOrderOfTheRfc(SrtpProfile profile) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) i;
        }
        KeyingMaterial keys = new KeyingMaterial(profile, exported);
        int key = profile.keyBytes();
        int salt = profile.saltBytes();

        assertThat(keys.clientKey()).hasSize(key).startsWith(0, 1);
        assertThat(keys.serverKey()).hasSize(key).startsWith(key, key + 1);
        assertThat(keys.clientSalt()).hasSize(salt).startsWith(2 * key, 2 * key + 1);
        assertThat(keys.serverSalt()).hasSize(salt).startsWith(2 * key + salt).endsWith(exported.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "AES128_CM_HMAC_SHA1_80, 60",
        "AES128_CM_HMAC_SHA1_32, 60",
        "AEAD_AES_128_GCM, 56",
        "AEAD_AES_256_GCM, 88"
    })
    void eachProfileNeedsItsNumberOfBytes(SrtpProfile profile, int bytes) {
        assertThat(KeyingMaterial.exporterBytes(profile)).isEqualTo(bytes);
        assertThatThrownBy(() -> new KeyingMaterial(profile, new byte[bytes - 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void destroyedKeysAreNotGiven() {
        KeyingMaterial keys = new KeyingMaterial(SrtpProfile.AEAD_AES_128_GCM, new byte[56]);
        keys.destroy();
        assertThat(keys.isDestroyed()).isTrue();
        assertThatThrownBy(keys::clientKey).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void profilesAreFoundByNumber() {
        assertThat(SrtpProfile.byId(7)).contains(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.byId(5)).isEmpty();
    }
}
