package org.webrtc4j.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What can be done with transforms of any implementation. */
public final class SrtpTransforms {

    /** After so many packets of a profile the JDK's compiler is done with it; before, one takes ten to seventy times as long. */
    public static final int WARM_UP_PACKETS = 20_000;

    private static final int[] PAYLOAD_BYTES = {160, 1_200};
    private static final int HEADER_BYTES = 12;
    private static final int REPORT_BYTES = 60;
    private static final int REPORT_INTERVAL = 16;
    private static final int SSRC = 1;

    private SrtpTransforms() {}

    /**
     * Protects and unprotects packets of two sizes, and reports in between, with keys of its own, so that the first call does not
     * pay for compilation. Takes about a second for each profile; meant for any thread that is not a connection's loop.
     *
     * @param factory what to warm up
     * @param profile for which profile
     * @param packets how many RTP packets; {@link #WARM_UP_PACKETS} is enough
     * @throws IllegalStateException when the transform does not give back what it was given
     */
    public static void warmUp(SrtpTransformFactory factory, SrtpProfile profile, int packets) {
        KeyingMaterial keys = throwAwayKeys(profile);
        SrtpTransform sender = factory.create(profile, keys, true);
        SrtpTransform receiver = factory.create(profile, keys, false);
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(0, (byte) 0x80).putInt(8, SSRC);
        ByteBuffer report =
                ByteBuffer.allocate(REPORT_BYTES).put(0, (byte) 0x80).putInt(4, SSRC);
        ByteBuffer sealed = ByteBuffer.allocate(2_000);
        ByteBuffer opened = ByteBuffer.allocate(2_000);
        for (int i = 0; i < packets; i++) {
            int payloadBytes = PAYLOAD_BYTES[i % PAYLOAD_BYTES.length];
            ByteBuffer payload = ByteBuffer.allocate(payloadBytes);
            Arrays.fill(payload.array(), (byte) i);
            header.putShort(2, (short) i);
            sealed.clear().limit(check(sender.protectRtp(header, payload, sealed), payloadBytes));
            check(receiver.unprotectRtp(sealed, opened), payloadBytes);
            if (opened.get(HEADER_BYTES) != (byte) i) {
                throw new IllegalStateException("A packet did not come back as it was");
            }
            if (i % REPORT_INTERVAL == 0) {
                sealed.clear().limit(check(sender.protectRtcp(report, sealed), REPORT_BYTES));
                check(receiver.unprotectRtcp(sealed, opened), REPORT_BYTES);
            }
        }
    }

    private static KeyingMaterial throwAwayKeys(SrtpProfile profile) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) i;
        }
        return new KeyingMaterial(profile, exported);
    }

    private static int check(int length, int atLeast) {
        if (length < atLeast) {
            throw new IllegalStateException(
                    "A packet was refused: " + SrtpError.of(length).text());
        }
        return length;
    }
}
