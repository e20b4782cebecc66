package org.webrtc4j.samples.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The command line of the demo. */
final class DemoOptions {

    static final String HELP = """
            usage: ./demo [options]
              --port N           the HTTP port (default 8080; 0 lets the system choose)
              --host ADDRESS     the address to listen on (default: all)
              --tls              serve HTTPS with a certificate made on the spot
              --udp-port N       carry all connections on one UDP port
              --bind ADDRESS     use this local address for media only (may be repeated)
              --advertise HOST[:PORT]   signal this address too: a container behind port forwarding
              --nio              leave native transports aside
            """;

    int port = 8080;
    String host = "";
    boolean tls;
    int udpPort = -1;
    final List<String> bind = new ArrayList<>();
    final List<String> advertise = new ArrayList<>();
    boolean nio;
    boolean help;

    private DemoOptions() {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static DemoOptions parse(String[] arguments) {
        DemoOptions options = new DemoOptions();
        for (int at = 0; at < arguments.length; at++) {
            String name = arguments[at];
            switch (name) {
                case "--tls" -> options.tls = true;
                case "--nio" -> options.nio = true;
                case "--help", "-h" -> options.help = true;
                case "--port", "--udp-port", "--host", "--bind", "--advertise" -> {
                    if (++at == arguments.length) {
                        throw new IllegalArgumentException(name + " needs a value");
                    }
                    options.set(name, arguments[at]);
                }
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
        return options;
    }

    InetAddress[] bindAddresses() throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[bind.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByName(bind.get(i));
        }
        return addresses;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--port" -> port = portNumber(name, value);
            case "--udp-port" -> udpPort = portNumber(name, value);
            case "--host" -> host = value;
            case "--bind" -> bind.add(value);
            default -> advertise.add(value);
        }
    }

    private static int portNumber(String name, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, with what is wanted instead.
        }
        throw new IllegalArgumentException(name + " needs a number from 0 to 65535, not " + value);
    }
}
