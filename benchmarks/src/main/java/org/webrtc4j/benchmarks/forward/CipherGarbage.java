package org.webrtc4j.benchmarks.forward;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.jca.JcaSrtp;

/** What the ciphers of the JDK allocate for packets of a size: to be told apart from what we allocate. */
final class CipherGarbage {

    private static final int WARM_UP = 30_000;
    private static final int PACKETS = 5_000;

    /** As packets go out: fixed header and two header extensions. The rest has to end within a cipher block, as theirs. */
    private static final int HEADER = 12 + 4 + 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SrtpTransform client;
    private final SrtpTransform server;
    private final ByteBuffer header = ByteBuffer.wrap(new byte[HEADER]);
    private final ByteBuffer payload;
    private final ByteBuffer secret = ByteBuffer.wrap(new byte[RtpPacket.MAX_SIZE + SrtpTransform.MAX_OVERHEAD_BYTES]);
    private int sequence;

    private CipherGarbage(ForwardScenario scenario) {
        byte[] exported = new byte[KeyingMaterial.exporterBytes(scenario.profile())];
        new Random(3).nextBytes(exported);
        KeyingMaterial keys = new KeyingMaterial(scenario.profile(), exported);
        client = new JcaSrtp().create(scenario.profile(), keys, true);
        server = new JcaSrtp().create(scenario.profile(), keys, false);
        payload = ByteBuffer.wrap(new byte[scenario.packetBytes() - HEADER]);
        header.put(0, (byte) 0x90).put(1, (byte) ProtectedStream.PAYLOAD_TYPE).putInt(12, 0xBEDE0002);
    }

    /** Bytes for so many packets unprotected and so many protected. */
    static long of(ForwardScenario scenario, long packetsIn, long packetsOut) {
        CipherGarbage ciphers = new CipherGarbage(scenario);
        ciphers.run(WARM_UP);
        double[] each = ciphers.run(PACKETS);
        return (long) (each[0] * packetsOut + each[1] * packetsIn);
    }

    private double[] run(int packets) {
        long thread = Thread.currentThread().getId();
        long protecting = 0;
        long unprotecting = 0;
        for (int i = 0; i < packets; i++) {
            header.putShort(2, (short) sequence++);
            secret.clear();
            long start = threads.getThreadAllocatedBytes(thread);
            int length = client.protectRtp(header, payload, secret);
            long middle = threads.getThreadAllocatedBytes(thread);
            server.unprotectRtp(secret.limit(length), secret);
            protecting += middle - start;
            unprotecting += threads.getThreadAllocatedBytes(thread) - middle;
        }
        return new double[] {(double) protecting / packets, (double) unprotecting / packets};
    }
}
