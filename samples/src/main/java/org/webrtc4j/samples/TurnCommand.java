package org.webrtc4j.samples;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.turnserver.TurnServer;
import org.webrtc4j.turnserver.engine.TurnCredentials;

/** {@code turn}: a STUN and TURN server over UDP, TCP and TLS until the process is ended. */
final class TurnCommand implements Command {

    private static final String REALM = "webrtc4j";
    private static final int TLS_PORT = 5_349;

    @Override
    public String usage() {
        return "turn LISTEN-ADDRESS[:PORT]... [--user NAME:PASSWORD]... [--secret SECRET] [--external ADDRESS]"
                + " [--ports FIRST-LAST] [--tls PKCS12-FILE:PASSWORD] [--private-peers] [--loopback-peers]"
                + "   a STUN and TURN server over UDP and TCP, and over TLS at port 5349";
    }

    @Override
    public int run(String[] arguments) throws InterruptedException {
        Settings settings;
        try {
            settings = new Settings(arguments);
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            System.err.println(e.getMessage());
            System.err.println(usage());
            return 2;
        }
        try (NettyEventLoops loops = NettyEventLoops.create(1);
                TurnServer server = settings.start(loops)) {
            System.out.println("UDP and TCP at " + server.udpAddresses()
                    + (server.tlsAddresses().isEmpty() ? "" : ", TLS at " + server.tlsAddresses()));
            new CountDownLatch(1).await();
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
        }
        return 1;
    }

    /** What the arguments say. */
    private static final class Settings {

        private final List<InetSocketAddress> listen = new ArrayList<>();
        private final Map<String, String> users = new HashMap<>();
        private @Nullable String secret;
        private @Nullable InetAddress external;
        private @Nullable SSLContext tls;
        private int firstPort = 49_152;
        private int lastPort = 65_535;
        private boolean privatePeers;
        private boolean loopbackPeers;

        Settings(String[] arguments) throws IOException, GeneralSecurityException {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--user" -> {
                        String[] user = value(arguments, ++i).split(":", 2);
                        if (user.length != 2) {
                            throw new IllegalArgumentException("a user is NAME:PASSWORD");
                        }
                        users.put(user[0], user[1]);
                    }
                    case "--secret" -> secret = value(arguments, ++i);
                    case "--external" -> external = InetAddress.getByName(value(arguments, ++i));
                    case "--ports" -> {
                        String[] ports = value(arguments, ++i).split("-", 2);
                        firstPort = Integer.parseInt(ports[0]);
                        lastPort = Integer.parseInt(ports[ports.length - 1]);
                    }
                    case "--tls" -> tls = tls(value(arguments, ++i).split(":", 2));
                    case "--private-peers" -> privatePeers = true;
                    case "--loopback-peers" -> loopbackPeers = true;
                    default -> listen.add(address(arguments[i]));
                }
            }
            if (listen.isEmpty() || users.isEmpty() == (secret == null)) {
                throw new IllegalArgumentException("an address is needed, and either users or a secret");
            }
        }

        private static String value(String[] arguments, int index) {
            if (index >= arguments.length) {
                throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
            }
            return arguments[index];
        }

        /** A file with the server's key and certificate, and its password. */
        private static SSLContext tls(String[] store) throws IOException, GeneralSecurityException {
            if (store.length != 2) {
                throw new IllegalArgumentException("a key is FILE:PASSWORD");
            }
            char[] password = store[1].toCharArray();
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(new File(store[0]), password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }

        private static InetSocketAddress address(String text) throws UnknownHostException {
            int colon = text.lastIndexOf(':');
            boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
            InetAddress host = InetAddress.getByName(port ? text.substring(0, colon) : text);
            return new InetSocketAddress(host, port ? Integer.parseInt(text.substring(colon + 1)) : 3_478);
        }

        TurnServer start(NettyEventLoops loops) {
            TurnCredentials credentials =
                    secret == null ? TurnCredentials.ofUsers(users) : TurnCredentials.ofSharedSecret(secret);
            PeerFilter peers = new PeerFilter(loopbackPeers, false, privatePeers);
            TurnServer.Builder builder = TurnServer.builder(loops, REALM, credentials)
                    .relayPorts(firstPort, lastPort)
                    .options(options -> options.withPeers(peers));
            listen.forEach(address -> builder.udp(address).tcp(address));
            if (tls != null) {
                SSLContext context = tls;
                listen.forEach(address -> builder.tls(new InetSocketAddress(address.getAddress(), TLS_PORT), context));
            }
            if (external != null) {
                builder.relay(listen.get(0).getAddress(), external);
            }
            return builder.start();
        }
    }
}
