package org.webrtc4j.benchmarks.forward;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.jca.JcaSrtp;

/**
 * What the ciphers of the JDK allocate for packets of a size: to be told apart from what we allocate. It depends on the bytes
 * that are authenticated and on those that are encrypted.
 */
final class CipherGarbage {

    private static final int WARM_UP = 30_000;
    private static final int PACKETS = 5_000;
    private static final int FIXED_HEADER = 12;
    private static final byte PAYLOAD_TYPE = 96;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SrtpTransform client;
    private final SrtpTransform server;
    private final ByteBuffer header;
    private final ByteBuffer payload;
    private final ByteBuffer secret = ByteBuffer.wrap(new byte[RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES]);
    private int sequence;
    private double protecting;
    private double unprotecting;

    private CipherGarbage(SrtpProfile profile, int headerBytes, int payloadBytes) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(profile)];
        new Random(3).nextBytes(exported);
        KeyingMaterial keys = new KeyingMaterial(profile, exported);
        client = new JcaSrtp().create(profile, keys, true);
        server = new JcaSrtp().create(profile, keys, false);
        header = ByteBuffer.wrap(new byte[headerBytes]);
        payload = ByteBuffer.wrap(new byte[payloadBytes]);
        boolean extended = headerBytes > FIXED_HEADER;
        header.put(0, (byte) (extended ? 0x90 : 0x80)).put(1, PAYLOAD_TYPE);
        if (extended) {
            int words = (headerBytes - FIXED_HEADER - 4) / 4;
            header.putInt(FIXED_HEADER, 0xBEDE0000 | words);
        }
        run(WARM_UP);
        run(PACKETS);
    }

    /** Bytes for so many packets in, unprotected, and so many out, protected with a header of this length. */
    static long of(ForwardScenario scenario, int headerBytesOut, long in, long out) {
        int payload = scenario.packetBytes() - ProtectedStream.HEADER_BYTES;
        CipherGarbage incoming = new CipherGarbage(scenario.profile(), ProtectedStream.HEADER_BYTES, payload);
        CipherGarbage outgoing = new CipherGarbage(scenario.profile(), headerBytesOut, payload);
        return (long) (in * incoming.unprotecting + out * outgoing.protecting);
    }

    private void run(int packets) {
        long thread = Thread.currentThread().getId();
        long out = 0;
        long in = 0;
        for (int i = 0; i < packets; i++) {
            header.putShort(2, (short) sequence++);
            secret.clear();
            long start = threads.getThreadAllocatedBytes(thread);
            int length = client.protectRtp(header, payload, secret);
            long middle = threads.getThreadAllocatedBytes(thread);
            server.unprotectRtp(secret.limit(length), secret);
            out += middle - start;
            in += threads.getThreadAllocatedBytes(thread) - middle;
        }
        protecting = (double) out / packets;
        unprotecting = (double) in / packets;
    }
}
