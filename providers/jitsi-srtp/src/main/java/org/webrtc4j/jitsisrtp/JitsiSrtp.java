package org.webrtc4j.jitsisrtp;

import java.util.logging.Level;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.SrtpTransformFactory;

/**
 * Transforms of jitsi-srtp. It remembers 64 packets of an SSRC where the default remembers 1,024, and copies each packet.
 * Keys and ciphers are made anew for every SSRC. AES is the JDK's; HMAC is OpenSSL's where jitsi-srtp finds it.
 */
public final class JitsiSrtp implements SrtpTransformFactory {

    private static final int HMAC_KEY_BYTES = 20;
    private static final int GCM_TAG_BYTES = 16;

    /** Each packet refused is worth an error in its log; refusals are counted instead. */
    private static final Logger SILENT = new LoggerImpl(JitsiSrtp.class.getName(), Level.OFF);

    static {
        // Left to itself it compares the ciphers of all providers at first use, which takes seconds and comes out
        // differently
        // each time. The choice is kept with the first cipher of a kind, and a second choice would bring the comparison
        // back.
        Aes.setFactoryClassName("SunJCE");
        Aes.createCipher("AES/CTR/NoPadding");
        Aes.createCipher("AES/GCM/NoPadding");
    }

    /** Creates a factory. The first one makes jitsi-srtp use the JDK's AES in the whole process. */
    public JitsiSrtp() {}

    @Override
    public SrtpTransform create(SrtpProfile profile, KeyingMaterial keys, boolean weAreDtlsClient) {
        if (keys.profile() != profile) {
            throw new IllegalArgumentException("Keys of " + keys.profile() + " do not serve " + profile);
        }
        byte[] sendKey = weAreDtlsClient ? keys.clientKey() : keys.serverKey();
        byte[] sendSalt = weAreDtlsClient ? keys.clientSalt() : keys.serverSalt();
        byte[] receiveKey = weAreDtlsClient ? keys.serverKey() : keys.clientKey();
        byte[] receiveSalt = weAreDtlsClient ? keys.serverSalt() : keys.clientSalt();
        return new JitsiSrtpTransform(
                profile, contexts(profile, true, sendKey, sendSalt), contexts(profile, false, receiveKey, receiveSalt));
    }

    private static SrtpContextFactory contexts(SrtpProfile profile, boolean sender, byte[] key, byte[] salt) {
        return new SrtpContextFactory(sender, key, salt, policy(profile, false), policy(profile, true), SILENT);
    }

    private static SrtpPolicy policy(SrtpProfile profile, boolean rtcp) {
        boolean gcm = isGcm(profile);
        return new SrtpPolicy(
                gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
                profile.keyBytes(),
                gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
                gcm ? 0 : HMAC_KEY_BYTES,
                tagBytes(profile, rtcp),
                profile.saltBytes());
    }

    static boolean isGcm(SrtpProfile profile) {
        return profile == SrtpProfile.AEAD_AES_128_GCM || profile == SrtpProfile.AEAD_AES_256_GCM;
    }

    /** RFC 5764 section 4.1.2: the profile with the 32-bit tag has one of 80 bits for RTCP. */
    static int tagBytes(SrtpProfile profile, boolean rtcp) {
        if (isGcm(profile)) {
            return GCM_TAG_BYTES;
        }
        return profile == SrtpProfile.AES128_CM_HMAC_SHA1_32 && !rtcp ? 4 : 10;
    }
}
