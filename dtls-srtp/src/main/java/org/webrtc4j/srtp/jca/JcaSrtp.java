package org.webrtc4j.srtp.jca;

import java.util.Arrays;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;

/**
 * Transforms on the JDK's own AES, GHASH and SHA-1, by their providers' names: whatever provider an application has put
 * first is not asked.
 */
public final class JcaSrtp implements SrtpTransformFactory {

    /** Creates a factory; it has no state. */
    public JcaSrtp() {}

    @Override
    public SrtpTransform create(SrtpProfile profile, KeyingMaterial keys, boolean weAreDtlsClient) {
        if (keys.profile() != profile) {
            throw new IllegalArgumentException("Keys of " + keys.profile() + " do not serve " + profile);
        }
        KeyDerivation client = derivation(keys.clientKey(), keys.clientSalt());
        KeyDerivation server = derivation(keys.serverKey(), keys.serverSalt());
        return weAreDtlsClient
                ? new JcaSrtpTransform(profile, client, server)
                : new JcaSrtpTransform(profile, server, client);
    }

    private static KeyDerivation derivation(byte[] masterKey, byte[] masterSalt) {
        KeyDerivation derivation = new KeyDerivation(masterKey, masterSalt);
        Arrays.fill(masterKey, (byte) 0);
        return derivation;
    }
}
