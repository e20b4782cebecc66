package org.webrtc4j.ice.port;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of this machine that may be used, in the order of preference: IPv6 and IPv4 in turn, IPv6 first (RFC 8421
 * section 4), loopback last.
 *
 * <p>Thread-safe. Asking the system costs up to a millisecond, so an answer serves for a second.
 */
final class LocalAddresses {

    static final long CACHE_NANOS = 1_000_000_000L;

    private final List<LocalAddress> fixed;
    private final Predicate<NetworkInterface> interfaceFilter;
    private final Predicate<InetAddress> addressFilter;
    private final boolean includeLinkLocal;
    private volatile @Nullable Snapshot snapshot;

    LocalAddresses(
            List<InetAddress> bind,
            Predicate<NetworkInterface> interfaceFilter,
            Predicate<InetAddress> addressFilter,
            boolean includeLinkLocal) {
        this.interfaceFilter = interfaceFilter;
        this.addressFilter = addressFilter;
        this.includeLinkLocal = includeLinkLocal;
        fixed = bind.stream()
                .map(address -> new LocalAddress(address, mtuOf(address)))
                .toList();
    }

    /** Those of channels that the user has bound, which stand for themselves. */
    static LocalAddresses of(List<LentChannel> channels) {
        List<InetAddress> bound =
                channels.stream().map(each -> each.local().getAddress()).toList();
        return new LocalAddresses(bound, nic -> true, address -> true, false);
    }

    /** What the machine had at one moment, and why the rest is left out. */
    private record Snapshot(
            long takenNanos, List<LocalAddress> ordinary, List<LocalAddress> loopback, List<String> leftOut) {}

    /**
     * Lists what may be used; addresses given by the user are taken as they are.
     *
     * @return in the order of preference
     */
    List<LocalAddress> list(boolean includeLoopback) {
        if (!fixed.isEmpty()) {
            return fixed;
        }
        Snapshot current = current();
        if (!includeLoopback) {
            return current.ordinary;
        }
        List<LocalAddress> all = new ArrayList<>(current.ordinary);
        all.addAll(current.loopback);
        return all;
    }

    /** Tells whether the machine has an address; of those given by the user it is taken for granted. */
    boolean has(InetAddress address) {
        if (!fixed.isEmpty()) {
            return true;
        }
        Snapshot current = current();
        return isIn(current.ordinary, address) || isIn(current.loopback, address);
    }

    private static boolean isIn(List<LocalAddress> list, InetAddress address) {
        for (LocalAddress each : list) {
            if (each.address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether what is listed may change. */
    boolean follows() {
        return fixed.isEmpty();
    }

    /** Says in one sentence why there is no address. */
    String explainEmpty(boolean includeLoopback) {
        Snapshot current = current();
        List<String> reasons = new ArrayList<>(current.leftOut);
        if (!includeLoopback && !current.loopback.isEmpty()) {
            reasons.add("loopback: not asked for");
        }
        return "no local address can be used ("
                + (reasons.isEmpty() ? "this machine has none" : String.join("; ", reasons)) + ")";
    }

    private Snapshot current() {
        long now = System.nanoTime();
        Snapshot current = snapshot;
        if (current == null || now - current.takenNanos >= CACHE_NANOS) {
            current = take(now);
            snapshot = current;
        }
        return current;
    }

    private Snapshot take(long nowNanos) {
        List<LocalAddress> ipv6 = new ArrayList<>();
        List<LocalAddress> ipv4 = new ArrayList<>();
        List<LocalAddress> loopback = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        try {
            for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
                if (!nic.isUp()) {
                    leftOut.add(nic.getName() + ": down");
                } else if (!interfaceFilter.test(nic)) {
                    leftOut.add(nic.getName() + ": refused by the interface filter");
                } else {
                    for (InetAddress address : nic.inetAddresses().toList()) {
                        String reason = refusal(address);
                        if (reason != null) {
                            leftOut.add(nic.getName() + ": " + reason);
                        } else if (address.isLoopbackAddress()) {
                            loopback.add(new LocalAddress(withoutScope(address), nic.getMTU()));
                        } else {
                            (address instanceof Inet6Address ? ipv6 : ipv4)
                                    .add(new LocalAddress(withoutScope(address), nic.getMTU()));
                        }
                    }
                }
            }
        } catch (SocketException e) {
            leftOut.add("the interfaces cannot be listed: " + e.getMessage());
        }
        return new Snapshot(nowNanos, interleave(ipv6, ipv4), List.copyOf(loopback), List.copyOf(leftOut));
    }

    private @Nullable String refusal(InetAddress address) {
        // RFC 8445 section 5.1.1.1 excludes deprecated site-local and IPv4-compatible IPv6 addresses.
        if (address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || (address instanceof Inet6Address ipv6
                        && (ipv6.isSiteLocalAddress()
                                || (ipv6.isIPv4CompatibleAddress() && !ipv6.isLoopbackAddress())))) {
            return "an address not meant for ICE";
        }
        if (address.isLinkLocalAddress() && !includeLinkLocal) {
            return "link-local address not asked for";
        }
        if (!addressFilter.test(address)) {
            return "refused by the address filter";
        }
        return null;
    }

    static List<LocalAddress> interleave(List<LocalAddress> ipv6, List<LocalAddress> ipv4) {
        List<LocalAddress> result = new ArrayList<>();
        for (int i = 0; i < Math.max(ipv6.size(), ipv4.size()); i++) {
            if (i < ipv6.size()) {
                result.add(ipv6.get(i));
            }
            if (i < ipv4.size()) {
                result.add(ipv4.get(i));
            }
        }
        return List.copyOf(result);
    }

    /** The JDK gives every IPv6 address the index of its interface; only link-local ones need it (RFC 4007). */
    static InetAddress withoutScope(InetAddress address) {
        if (address instanceof Inet4Address || address.isLinkLocalAddress()) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // never: the length is right
        }
    }

    static int mtuOf(InetAddress address) {
        try {
            NetworkInterface nic = NetworkInterface.getByInetAddress(address);
            return nic == null ? 0 : nic.getMTU();
        } catch (SocketException e) {
            return 0;
        }
    }
}
