package org.webrtc4j.benchmarks.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** Where relay and peers meet. */
final class OwnAddress {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private OwnAddress() {}

    /**
     * An IPv4 address of this machine that is not loopback, since not everybody uses loopback; packets to it stay within the
     * machine all the same. Loopback where there is no other.
     */
    static InetAddress find() throws SocketException {
        List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                .toList();
        for (NetworkInterface each : interfaces) {
            if (each.isUp() && !each.isLoopback()) {
                for (InetAddress address : each.inetAddresses().toList()) {
                    if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
                        return address;
                    }
                }
            }
        }
        return LOOPBACK;
    }
}
