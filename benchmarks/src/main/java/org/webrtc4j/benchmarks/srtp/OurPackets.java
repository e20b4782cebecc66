package org.webrtc4j.benchmarks.srtp;

import java.nio.ByteBuffer;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;
import org.webrtc4j.srtp.jca.JcaSrtp;

/** By the transform that a connection uses: from one buffer into another. */
final class OurPackets implements PacketRow {

    private final SrtpTransform sender;
    private final SrtpTransform receiver;
    private final ByteBuffer packet;
    private final ByteBuffer[] sealed = new ByteBuffer[PACKETS];
    private final ByteBuffer out;
    private int sequence;

    OurPackets(SrtpProfile profile, int payloadBytes) {
        KeyingMaterial keys = new KeyingMaterial(profile, PacketRow.exportedKeys(profile));
        sender = new JcaSrtp().create(profile, keys, true);
        receiver = new JcaSrtp().create(profile, keys, false);
        packet = PacketRow.packet(payloadBytes);
        int room = packet.capacity() + SrtpTransform.MAX_OVERHEAD_BYTES;
        out = ByteBuffer.allocate(room);
        for (int i = 0; i < PACKETS; i++) {
            sealed[i] = ByteBuffer.allocate(room);
        }
    }

    @Override
    public void protect() {
        for (int i = 0; i < PACKETS; i++) {
            protectNext(out);
        }
    }

    private int protectNext(ByteBuffer destination) {
        packet.putShort(2, (short) sequence++);
        return checked(sender.protectRtp(packet, destination));
    }

    @Override
    public void prepare() {
        for (ByteBuffer each : sealed) {
            each.clear().limit(protectNext(each));
        }
    }

    @Override
    public void unprotect() {
        for (ByteBuffer each : sealed) {
            checked(receiver.unprotectRtp(each, out));
        }
    }

    private static int checked(int length) {
        if (length < 0) {
            throw new IllegalStateException("Refused: " + length);
        }
        return length;
    }
}
