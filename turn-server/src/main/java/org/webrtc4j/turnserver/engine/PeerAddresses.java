package org.webrtc4j.turnserver.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.PeerFilter;

/** Which peers a server relays to: an IPv6 address that stands for an IPv4 one is judged by that too. */
final class PeerAddresses {

    private PeerAddresses() {}

    static boolean isAllowed(InetAddress peer, PeerFilter filter) {
        InetAddress embedded = peer instanceof Inet6Address ? embeddedIpv4(peer.getAddress()) : null;
        return filter.allows(peer) && (embedded == null || filter.allows(embedded));
    }

    /** NAT64 (RFC 6052 section 2.1), 6to4 (RFC 3056 section 2) and the compatible form (RFC 4291 section 2.5.5.1). */
    private static @Nullable InetAddress embeddedIpv4(byte[] bytes) {
        if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)
                || (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) && !isLoopback(bytes))) {
            return ipv4(bytes, 12);
        }
        return startsWith(bytes, 0x20, 0x02) ? ipv4(bytes, 2) : null;
    }

    private static boolean isLoopback(byte[] bytes) {
        return bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && bytes[15] == 1;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ipv4(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }
}
