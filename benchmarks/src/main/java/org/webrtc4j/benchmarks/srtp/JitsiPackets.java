package org.webrtc4j.benchmarks.srtp;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import java.util.logging.Level;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.HmacSha1;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.webrtc4j.srtp.KeyingMaterial;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * By jitsi-srtp itself, in place as it does it, without the copies of our adapter; on the JDK's AES. Its HMAC is that of its
 * native library where that loads.
 */
final class JitsiPackets implements PacketRow {

    private static final int HMAC_BYTES = 20;

    private final SrtpCryptoContext sender;
    private final SrtpCryptoContext receiver;
    private final Buffer[] packets = new Buffer[PACKETS];
    private final int packetBytes;
    private int sequence;

    static {
        // Otherwise it compares the ciphers of all providers first.
        Aes.setFactoryClassName("SunJCE");
    }

    /** Makes it use the JDK's HMAC, which it takes only where its native library does not load. */
    static void useHmacOfJdk() throws ReflectiveOperationException {
        Field providers = HmacSha1.class.getDeclaredField("providers");
        providers.setAccessible(true);
        providers.set(null, List.of(Security.getProvider("SunJCE")));
    }

    JitsiPackets(SrtpProfile profile, int payloadBytes) throws GeneralSecurityException {
        KeyingMaterial keys = new KeyingMaterial(profile, PacketRow.exportedKeys(profile));
        sender = context(profile, keys, true);
        receiver = context(profile, keys, false);
        packetBytes = HEADER_BYTES + payloadBytes;
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = new Buffer(PacketRow.packet(payloadBytes));
        }
    }

    private static SrtpCryptoContext context(SrtpProfile profile, KeyingMaterial keys, boolean sending)
            throws GeneralSecurityException {
        boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM;
        SrtpPolicy policy = new SrtpPolicy(
                gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
                profile.keyBytes(),
                gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
                gcm ? 0 : HMAC_BYTES,
                gcm ? 16 : 10,
                profile.saltBytes());
        LoggerImpl silent = new LoggerImpl(JitsiPackets.class.getName(), Level.OFF);
        return new SrtpContextFactory(sending, keys.clientKey(), keys.clientSalt(), policy, policy, silent)
                .deriveContext(SSRC, 0);
    }

    @Override
    public void protect() throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++) {
            protectNext(packets[0]);
        }
    }

    private void protectNext(Buffer packet) throws GeneralSecurityException {
        packet.begin(packetBytes, sequence++);
        check(sender.transformPacket(packet));
    }

    @Override
    public void prepare() throws GeneralSecurityException {
        for (Buffer packet : packets) {
            protectNext(packet);
        }
    }

    @Override
    public void unprotect() throws GeneralSecurityException {
        for (Buffer packet : packets) {
            check(receiver.reverseTransformPacket(packet, false));
        }
    }

    private static void check(SrtpErrorStatus status) {
        if (status != SrtpErrorStatus.OK) {
            throw new IllegalStateException("Refused: " + status);
        }
    }

    /** A packet with room for its tag. */
    private static final class Buffer implements ByteArrayBuffer {

        private final byte[] bytes;
        private final ByteBuffer view;
        private int offset;
        private int length;

        Buffer(ByteBuffer packet) {
            bytes = new byte[packet.capacity() + SrtpTransform.MAX_OVERHEAD_BYTES];
            view = ByteBuffer.wrap(bytes).put(0, packet, 0, packet.capacity());
        }

        void begin(int size, int number) {
            offset = 0;
            length = size;
            view.putShort(2, (short) number);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int value) {
            length = value;
        }

        @Override
        public void setOffset(int value) {
            offset = value;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] into) {
            System.arraycopy(bytes, offset + from, into, 0, count);
        }

        @Override
        public void grow(int room) {
            if (offset + length + room > bytes.length) {
                throw new IllegalStateException("No room for " + room);
            }
        }

        @Override
        public void append(byte[] more, int count) {
            grow(count);
            System.arraycopy(more, 0, bytes, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
