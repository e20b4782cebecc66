package org.webrtc4j.benchmarks.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.webrtc4j.srtp.SrtpProfile;

/**
 * What is measured.
 *
 * @param profile of the transform
 * @param operation what is done with a packet
 * @param payloadBytes its size without the header of twelve
 */
record SrtpCase(SrtpProfile profile, Operation operation, int payloadBytes) {

    static final List<SrtpProfile> PROFILES = List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);

    private static final int[] PAYLOAD_BYTES = {160, 1_200};

    enum Operation {
        PROTECT,
        UNPROTECT
    }

    static List<SrtpCase> all() {
        List<SrtpCase> all = new ArrayList<>();
        for (SrtpProfile profile : PROFILES) {
            for (Operation operation : Operation.values()) {
                for (int bytes : PAYLOAD_BYTES) {
                    all.add(new SrtpCase(profile, operation, bytes));
                }
            }
        }
        return all;
    }

    /** The line that asks a peer for it, as libsrtp's peer describes it. */
    String request(int millis) {
        return profile + " " + operation.name().toLowerCase(Locale.ROOT) + " " + payloadBytes + " " + millis;
    }

    static SrtpCase of(String[] words) {
        return new SrtpCase(
                SrtpProfile.valueOf(words[0]),
                Operation.valueOf(words[1].toUpperCase(Locale.ROOT)),
                Integer.parseInt(words[2]));
    }
}
