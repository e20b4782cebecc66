package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two engines of multicast DNS asking and answering each other. */
class MdnsPublicationTest {

    private static final String NAME = "1f4712db-ea17-4bcf-a596-105139dfd8bf.local";
    private static final long LATER = MdnsPublication.REST_NANOS;

    private final List<ByteBuffer> responses = new ArrayList<>();
    private final List<ByteBuffer> queries = new ArrayList<>();
    private final MdnsPublication publication = new MdnsPublication(packet -> responses.add(copy(packet)));
    private final MdnsQuery query = new MdnsQuery(packet -> queries.add(copy(packet)));
    private final List<List<InetAddress>> found = new ArrayList<>();

    private static ByteBuffer copy(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void aPublishedNameIsAnsweredWithItsAddressOfEitherFamily() {
        for (String address : List.of("192.0.2.7", "2001:db8::7")) {
            publication.publish(NAME, Sockets.ip(address));
            query.ask(NAME.toUpperCase(java.util.Locale.ROOT), 0, found::add);
            publication.handlePacket(queries.remove(0), 0);
            assertThat(responses).hasSize(1);
            query.handlePacket(responses.remove(0), 1);
            assertThat(found.remove(0)).containsExactly(Sockets.ip(address));
        }
    }

    @Test
    void othersNamesAndResponsesAreNotAnswered() {
        publication.publish(NAME, Sockets.ip("192.0.2.7"));
        query.ask("another.local", 0, found::add);
        publication.handlePacket(queries.remove(0), 0);
        publication.handlePacket(
                MdnsMessages.response().address(NAME, "192.0.2.9").build(), 0);
        assertThat(responses).isEmpty();
    }

    @Test
    void aWithdrawnNameIsNobodys() {
        publication.publish(NAME, Sockets.ip("192.0.2.7"));
        publication.withdraw(NAME);
        query.ask(NAME, 0, found::add);
        publication.handlePacket(queries.remove(0), 0);
        assertThat(responses).isEmpty();
    }

    @Test
    void whoAsksAgainAndAgainIsAnsweredTwiceASecondAtMost() {
        publication.publish(NAME, Sockets.ip("192.0.2.7"));
        query.ask(NAME, 0, found::add);
        ByteBuffer asked = queries.remove(0);
        for (int i = 0; i < 10; i++) {
            publication.handlePacket(asked, i * LATER / 10);
        }
        assertThat(responses).hasSize(1);
        publication.handlePacket(asked, LATER);
        assertThat(responses).hasSize(2);
    }

    @Test
    void beyondTheLimitNamesAreRefused() {
        for (int i = 0; i < MdnsPublication.MAX_NAMES; i++) {
            assertThat(publication.publish("n" + i + ".local", Sockets.LOOPBACK))
                    .isTrue();
        }
        assertThat(publication.publish(NAME, Sockets.LOOPBACK)).isFalse();
        assertThat(publication.publish("no name", Sockets.LOOPBACK)).isFalse();
    }
}
