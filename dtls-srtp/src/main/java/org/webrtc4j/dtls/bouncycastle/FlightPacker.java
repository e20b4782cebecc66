package org.webrtc4j.dtls.bouncycastle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs records into datagrams up to the MTU (RFC 6347 section 4.1.1 allows several in one). The library sends one
 * datagram per record; packed, a full handshake takes 2 + 2 datagrams instead of 6 + 7, and fewer datagrams are lost.
 */
final class FlightPacker {

    private final int mtu;
    private byte[] datagram;
    private int used;
    private List<byte[]> full = new ArrayList<>();

    FlightPacker(int mtu) {
        this.mtu = mtu;
        this.datagram = new byte[mtu];
    }

    void add(byte[] bytes, int offset, int length) {
        if (used > 0 && used + length > mtu) {
            endDatagram();
        }
        if (length > mtu) {
            // The library fragments handshake messages by the limit it is given, so this is a record of data.
            full.add(Arrays.copyOfRange(bytes, offset, offset + length));
            return;
        }
        System.arraycopy(bytes, offset, datagram, used, length);
        used += length;
    }

    /** Takes the datagrams packed since the last call, in order. */
    List<byte[]> take() {
        if (used > 0) {
            endDatagram();
        }
        List<byte[]> taken = full;
        full = new ArrayList<>();
        return taken;
    }

    private void endDatagram() {
        full.add(Arrays.copyOf(datagram, used));
        used = 0;
    }
}
