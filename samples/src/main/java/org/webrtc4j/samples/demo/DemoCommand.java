package org.webrtc4j.samples.demo;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.samples.Command;

/** {@code demo}: serves the page and its WebRTC peers until the process is ended. */
public final class DemoCommand implements Command {

    /** Creates the command. */
    public DemoCommand() {}

    @Override
    public String usage() {
        return "demo [--help]      pages for data channels, files, camera, colour bars and a voice bot";
    }

    @Override
    public int run(String[] arguments) throws Exception {
        DemoOptions options;
        try {
            options = DemoOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(DemoOptions.HELP);
            return 2;
        }
        if (options.help) {
            System.out.print(DemoOptions.HELP);
            return 0;
        }
        try (WebRtcRuntime runtime = runtime(options)) {
            runtime.warmUp().join();
            try (DemoServer server = DemoServer.start(options, runtime)) {
                announce(options, server.port());
                // Until the process is ended: there is no shutdown hook, closing sockets is the system's work then.
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    private static WebRtcRuntime runtime(DemoOptions options) throws UnknownHostException {
        RuntimeBuilder builder = WebRtcRuntime.builder()
                .transport(options.nio ? Transport.NIO : Transport.AUTO)
                // Browsers on this machine may offer nothing but loopback.
                .includeLoopback(true);
        if (options.udpPort >= 0) {
            builder.udpPort(options.udpPort);
        }
        if (!options.bind.isEmpty()) {
            builder.bind(options.bindAddresses());
        }
        builder.advertise(options.advertise.toArray(String[]::new));
        return builder.build();
    }

    private static void announce(DemoOptions options, int port) throws SocketException {
        String scheme = options.tls ? "https" : "http";
        System.out.println("The demo is ready. Open in any browser:");
        if (!options.host.isEmpty()) {
            System.out.println("  " + scheme + "://" + options.host + ":" + port + "/");
            return;
        }
        System.out.println("  " + scheme + "://localhost:" + port + "/");
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback()) {
                Collections.list(network.getInetAddresses()).stream()
                        .filter(Inet4Address.class::isInstance)
                        .forEach(address -> System.out.println(
                                "  " + scheme + "://" + address.getHostAddress() + ":" + port + "/"));
            }
        }
        if (options.tls) {
            System.out.println("The certificate is made on the spot, so the browser asks once whether to go on.");
        }
        System.out.println("End it with Ctrl-C.");
    }
}
