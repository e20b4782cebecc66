package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webrtc4j.testkit.peer.Peer;
import org.webrtc4j.testkit.peer.ProcessPeer;

/**
 * The container case: Java in one network namespace with a private address, Chromium in another, and between them a
 * router that forwards one UDP port. Chromium hides its addresses behind .local names here, as it does for pages without
 * camera permission.
 */
class PortForwardingTest {

    private static final int OUTER_PORT = 40_000;
    private static final int INNER_PORT = 50_000;

    @Test
    void chromiumReachesJavaThroughOneForwardedPort(@TempDir Path profile) throws Exception {
        if (Chromium.browser().isEmpty() || !NetworkNamespaces.available()) {
            System.out.println("SKIPPED: port forwarding needs Chromium, root, iproute2 and nftables");
            Assumptions.abort("needs Chromium, root, iproute2 and nftables");
        }
        try (NetworkNamespaces networks = new NetworkNamespaces()) {
            build(networks);
            try (PageServer page = new PageServer(InetAddress.getByAddress(new byte[] {10, 77, 3, 1}))) {
                Process browser = startBrowser(networks, profile, page.url());
                try (Peer java = startJava(networks);
                        Peer chromium = new BrowserPeer(page, Scenarios.echo("offerer", 0, 1, 16_384, 262_144))) {
                    Scenarios.assertEchoed(Scenarios.run(chromium, java, 60));
                } finally {
                    end(browser);
                }
            }
        }
    }

    /** Chromium 10.77.1.2 - 10.77.1.1 router 10.77.2.1 - 10.77.2.2 Java; the page comes over a cable of its own. */
    private static void build(NetworkNamespaces networks) throws Exception {
        networks.add("client");
        networks.add("router");
        networks.add("server");
        networks.cable("", "10.77.3.1", "client", "10.77.3.2");
        networks.cable("client", "10.77.1.2", "router", "10.77.1.1");
        networks.cable("router", "10.77.2.1", "server", "10.77.2.2");
        networks.run("server", "ip", "route", "add", "default", "via", "10.77.2.1");
        networks.run("router", "sysctl", "-qw", "net.ipv4.ip_forward=1");
        networks.run("router", "nft", "add table ip nat");
        networks.run("router", "nft", "add chain ip nat in { type nat hook prerouting priority dstnat; }");
        networks.run(
                "router",
                "nft",
                "add rule ip nat in ip daddr 10.77.1.1 udp dport " + OUTER_PORT + " dnat to 10.77.2.2:" + INNER_PORT);
        networks.run("router", "nft", "add table ip filter");
        networks.run(
                "router", "nft", "add chain ip filter forward { type filter hook forward priority 0; policy drop; }");
        networks.run("router", "nft", "add rule ip filter forward ct status dnat accept");
        networks.run("router", "nft", "add rule ip filter forward ct state established accept");
    }

    private static Process startBrowser(NetworkNamespaces networks, Path profile, String url) throws Exception {
        List<String> command = new ArrayList<>(List.of(Chromium.browser().orElseThrow()));
        command.addAll(Chromium.FLAGS);
        command.add("--user-data-dir=" + profile);
        command.add(url);
        return new ProcessBuilder(networks.inside("client", command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Peer startJava(NetworkNamespaces networks) throws Exception {
        JsonObject config = Scenarios.echo("answerer");
        config.addProperty("bind", "10.77.2.2");
        config.addProperty("udpPort", INNER_PORT);
        config.addProperty("advertise", "10.77.1.1:" + OUTER_PORT);
        return new ProcessPeer("webrtc4j", networks.inside("server", ProcessPeer.webrtc4jCommand()), config);
    }

    private static void end(Process browser) throws InterruptedException {
        // Children first: the namespace cannot go while they hold it.
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        browser.waitFor(10, TimeUnit.SECONDS);
    }
}
