package org.webrtc4j.ice4j;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The addresses of this machine that are gathered where none is given. */
final class LocalInterfaces {

    private LocalInterfaces() {}

    /** The addresses of the interfaces that are up, without link-local ones; loopback only where asked for. */
    static List<InetAddress> list(boolean includeLoopback) {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp()) {
                    each.inetAddresses()
                            .filter(address -> isUsable(address) && (includeLoopback || !address.isLoopbackAddress()))
                            .map(LocalInterfaces::withoutScope)
                            .forEach(addresses::add);
                }
            }
        } catch (SocketException unlisted) {
            return List.of(); // explain() tells that there is no local address
        }
        return addresses;
    }

    /** RFC 8445 section 5.1.1.1 excludes deprecated site-local and IPv4-compatible IPv6 addresses. */
    private static boolean isUsable(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress()) {
            return false;
        }
        return !(address instanceof Inet6Address ipv6)
                || (!ipv6.isSiteLocalAddress() && (!ipv6.isIPv4CompatibleAddress() || ipv6.isLoopbackAddress()));
    }

    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // never: the length is right
        }
    }
}
