package org.webrtc4j.interop;

import java.io.IOException;
import java.util.List;

/**
 * Two hosts, each behind a router that translates addresses, and a server between them that both can reach; a cable from this
 * process to the left host. The addresses between are no more public than any other here, but no host has a route past its router.
 */
final class NatNetwork implements AutoCloseable {

    /** What a router does with what comes and goes (RFC 4787 in brackets). */
    enum Nat {
        /** Whoever knows the outer port gets in (endpoint-independent mapping and filtering). */
        FULL_CONE,
        /** One outer port, but in get only those who were written to (address and port-dependent filtering). */
        PORT_RESTRICTED,
        /** Another outer port for each destination (address and port-dependent mapping and filtering). */
        SYMMETRIC,
        /** No UDP at all. */
        UDP_BLOCKED
    }

    static final String LEFT = "left";
    static final String RIGHT = "right";
    static final String SERVER = "server";
    static final String SERVER_ADDRESS = "10.77.30.2";

    /** This process's end of the cable to the left host. */
    static final String OWN_ADDRESS = "10.77.3.1";

    private static final String MIDDLE = "middle";

    private final NetworkNamespaces networks = new NetworkNamespaces();

    NatNetwork(Nat left, Nat right) throws IOException {
        try {
            networks.add(MIDDLE);
            networks.run(MIDDLE, "sysctl", "-qw", "net.ipv4.ip_forward=1");
            networks.add(SERVER);
            networks.cable(MIDDLE, "10.77.30.1", SERVER, SERVER_ADDRESS);
            networks.run(SERVER, "ip", "route", "add", "default", "via", "10.77.30.1");
            host(LEFT, left, "10.77.1.", "10.77.10.");
            host(RIGHT, right, "10.77.2.", "10.77.20.");
            networks.cable("", OWN_ADDRESS, LEFT, "10.77.3.2");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A host at .2 of the inner network, its router at .1 of it and at .2 of the outer one. */
    private void host(String name, Nat nat, String inner, String outer) throws IOException {
        String router = name + "-nat";
        networks.add(name);
        networks.add(router);
        networks.cable(name, inner + "2", router, inner + "1");
        networks.cable(router, outer + "2", MIDDLE, outer + "1");
        networks.run(name, "ip", "route", "add", "default", "via", inner + "1");
        networks.run(router, "ip", "route", "add", "default", "via", outer + "1");
        networks.run(router, "sysctl", "-qw", "net.ipv4.ip_forward=1");
        networks.run(router, "nft", rules(nat, inner, outer));
    }

    private static String rules(Nat nat, String inner, String outer) {
        String arriving =
                nat == Nat.FULL_CONE ? "ip daddr " + outer + "2 udp dport 1024-65535 dnat to " + inner + "2;" : "";
        // Without an option the port stays as it is to every destination.
        String ports = nat == Nat.SYMMETRIC ? "random,fully-random" : "";
        String udp = nat == Nat.UDP_BLOCKED ? "ip protocol udp drop;" : "";
        return """
                table ip nat {
                  chain arriving { type nat hook prerouting priority dstnat; %s }
                  chain leaving { type nat hook postrouting priority srcnat; ip saddr %s0/24 masquerade %s; }
                }
                table ip filter {
                  chain through {
                    type filter hook forward priority 0; policy drop;
                    %s
                    ct state established,related accept
                    ip saddr %s0/24 accept
                    ct status dnat accept
                  }
                  chain here { type filter hook input priority 0; policy drop; }
                }
                """.formatted(arriving, inner, ports, udp, inner).strip();
    }

    /** The command line that runs a command on a host. */
    List<String> at(String host, List<String> command) {
        return networks.inside(host, command);
    }

    /** Waits, ten seconds at the most, until the server takes TCP connections. */
    void awaitServer() throws IOException {
        String probe = "exec 3<>/dev/tcp/" + SERVER_ADDRESS + "/3478";
        networks.run(
                SERVER,
                "bash",
                "-c",
                "for i in {1..200}; do (" + probe + ") 2>/dev/null && exit; sleep 0.05; done; exit 1");
    }

    @Override
    public void close() {
        networks.close();
    }
}
