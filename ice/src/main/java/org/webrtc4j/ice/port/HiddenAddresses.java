package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The names that stand for the addresses of one agent in its candidates (draft-ietf-mmusic-mdns-ice-candidates section 3.1.1): a
 * random one for each address, gone with the agent, so that pages and peers learn nothing of the network behind it.
 */
final class HiddenAddresses {

    private final NamePublisher publisher;
    private final RandomGenerator random;
    private final Map<InetAddress, String> names = new LinkedHashMap<>();

    HiddenAddresses(NamePublisher publisher, RandomGenerator random) {
        this.publisher = publisher;
        this.random = random;
    }

    /** The name of an address, drawn and published at first need. */
    String name(InetAddress address) {
        return names.computeIfAbsent(address, unknown -> {
            String drawn = draw();
            publisher.publish(drawn, address);
            return drawn;
        });
    }

    /** A random UUID (RFC 9562 section 5.4) under .local. */
    private String draw() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString().toLowerCase(Locale.ROOT) + ".local";
    }

    void withdraw(InetAddress address) {
        String name = names.remove(address);
        if (name != null) {
            publisher.withdraw(name);
        }
    }

    void close() {
        names.values().forEach(publisher::withdraw);
        names.clear();
    }
}
