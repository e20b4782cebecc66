package org.webrtc4j.ice.port;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.webrtc4j.ice.port.PortProvider.AdvertisedAddress;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/**
 * How the ports of an agent are shown to the other side: their preference, and the outer addresses given by the user.
 *
 * @param rangeFirst the first inner port that an outer port corresponds to; an outer port is its distance from it added to
 *     the outer port given
 */
record PortPresentation(List<Advertisement> advertisements, boolean hideLocal, int rangeFirst) {

    private static final int HIGHEST_PREFERENCE = 65_535;

    /**
     * Takes ports of one agent in the order of preference.
     *
     * @param present the addresses of those that it has already: an outer address that goes with the first port of a family
     *     is theirs
     */
    List<OpenedPort> present(List<? extends PacketPort> ports, Set<InetAddress> present) {
        List<List<AdvertisedAddress>> outer = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            outer.add(new ArrayList<>());
        }
        for (Advertisement advertisement : advertisements) {
            int index = isTaken(advertisement, present) ? -1 : indexFor(advertisement, ports);
            if (index >= 0) {
                int inner = ports.get(index).local().getPort();
                int port = advertisement.port() == 0 ? inner : advertisement.port() + inner - rangeFirst;
                outer.get(index).add(new AdvertisedAddress(advertisement.host(), port));
            }
        }
        List<OpenedPort> result = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            result.add(new OpenedPort(ports.get(i), outer.get(i), hideLocal, HIGHEST_PREFERENCE - i));
        }
        return result;
    }

    private static boolean isTaken(Advertisement advertisement, Set<InetAddress> present) {
        return advertisement.inner() == null
                && present.stream()
                        .anyMatch(address -> advertisement.family() == Advertisement.Family.NAME
                                || address instanceof Inet4Address
                                        != (advertisement.family() == Advertisement.Family.IPV6));
    }

    /** The port named by the user; else the first of the family; a name stands for IPv4 when there is a choice. */
    private static int indexFor(Advertisement advertisement, List<? extends PacketPort> ports) {
        int firstOther = -1;
        for (int i = 0; i < ports.size(); i++) {
            InetAddress address = ports.get(i).local().getAddress();
            if (advertisement.inner() != null) {
                if (advertisement.inner().equals(address)) {
                    return i;
                }
                continue;
            }
            boolean ipv4 = address instanceof Inet4Address;
            if (ipv4 != (advertisement.family() == Advertisement.Family.IPV6)) {
                return i;
            }
            if (firstOther < 0 && advertisement.family() == Advertisement.Family.NAME) {
                firstOther = i;
            }
        }
        return firstOther;
    }
}
