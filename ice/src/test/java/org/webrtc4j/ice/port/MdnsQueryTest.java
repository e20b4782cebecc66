package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.common.ProtocolEngine;

class MdnsQueryTest {

    private static final String NAME = "2f1ae7c5-8b9d-4f4e-9d0e-0123456789ab.local";
    private static final int A = 1;
    private static final int AAAA = 28;

    private final List<ByteBuffer> sent = new ArrayList<>();
    private final MdnsQuery engine = new MdnsQuery(packet -> {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        sent.add(ByteBuffer.wrap(bytes));
    });
    private final List<List<InetAddress>> answers = new ArrayList<>();

    @Test
    void aQueryAsksForBothKindsOfAddressOfTheName() {
        engine.ask(NAME, 0, answers::add);

        ByteBuffer query = sent.get(0);
        assertThat(query.getLong(0)).isEqualTo(0x0000_0000_0002_0000L);
        StringBuilder name = new StringBuilder();
        int at = MdnsName.read(query, 12, name);
        assertThat(name.toString()).isEqualTo(NAME);
        assertThat(query.getInt(at)).isEqualTo((A << 16) | 1);
        at = MdnsName.read(query, at + 4, name);
        assertThat(name.toString()).isEqualTo(NAME);
        assertThat(query.getInt(at)).isEqualTo((AAAA << 16) | 1);
        assertThat(query.limit()).isEqualTo(at + 4);
        assertThat(answers).isEmpty();
    }

    @Test
    void theFirstMessageWithAddressesAnswers() {
        engine.ask(NAME.toUpperCase(java.util.Locale.ROOT), 0, answers::add);
        engine.handlePacket(
                MdnsMessages.response()
                        .address("other.local", "192.0.2.9")
                        .address(NAME, "192.0.2.1")
                        .address(NAME, "2001:db8::1")
                        .build(),
                5);
        engine.handlePacket(MdnsMessages.response().address(NAME, "192.0.2.2").build(), 6);

        assertThat(answers).containsExactly(List.of(Sockets.ip("192.0.2.1"), Sockets.ip("2001:db8::1")));
        assertThat(engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void threeTriesASecondApartAndThenNothing() {
        engine.ask(NAME, 100, answers::add);
        for (int i = 1; i < MdnsQuery.TRIES; i++) {
            assertThat(engine.nextTimeout()).isEqualTo(100 + i * MdnsQuery.TRY_NANOS);
            engine.handleTimeout(engine.nextTimeout() - 1);
            assertThat(sent).hasSize(i);
            engine.handleTimeout(engine.nextTimeout());
            assertThat(sent).hasSize(i + 1);
        }
        engine.handleTimeout(engine.nextTimeout());

        assertThat(answers).containsExactly(List.of());
        assertThat(sent).hasSize(MdnsQuery.TRIES).containsOnly(sent.get(0));
        assertThat(engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void whoAsksForTheSameNameSharesTheQuery() {
        engine.ask(NAME, 0, answers::add);
        engine.ask(NAME + ".", 1, answers::add);
        engine.handlePacket(MdnsMessages.response().address(NAME, "192.0.2.1").build(), 5);

        assertThat(sent).hasSize(1);
        assertThat(answers).hasSize(2).containsOnly(List.of(Sockets.ip("192.0.2.1")));
    }

    @Test
    void tooManyNamesAndTooManyAskersAreAnsweredWithNothing() {
        for (int i = 0; i < MdnsQuery.MAX_OUTSTANDING; i++) {
            engine.ask("n" + i + ".local", 0, answers::add);
        }
        for (int i = 1; i < MdnsQuery.MAX_ASKERS_PER_NAME; i++) {
            engine.ask("n0.local", 0, answers::add);
        }
        assertThat(answers).isEmpty();
        engine.ask("one-more.local", 0, answers::add);
        engine.ask("n0.local", 0, answers::add);

        assertThat(answers).containsExactly(List.of(), List.of());
        assertThat(sent).hasSize(MdnsQuery.MAX_OUTSTANDING);
        engine.giveUp();
        assertThat(answers).hasSize(2 + MdnsQuery.MAX_OUTSTANDING + MdnsQuery.MAX_ASKERS_PER_NAME - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "local",
                ".local",
                "example.com",
                "a..local",
                "a b.local",
                "é.local",
                "192.0.2.1",
                "x.local.."
            })
    void namesThatCannotBeAskedForAreAnsweredWithNothing(String name) {
        engine.ask(name, 0, answers::add);

        assertThat(answers).containsExactly(List.of());
        assertThat(sent).isEmpty();
    }

    @Test
    void namesLongerThanTheWireAllowsAreAnsweredWithNothing() {
        String longest = ("a".repeat(62) + ".").repeat(3) + "b".repeat(58) + ".local";
        engine.ask(longest, 0, answers::add);
        engine.ask("c" + longest, 0, answers::add);
        engine.ask("a".repeat(64) + ".local", 0, answers::add);

        assertThat(sent).hasSize(1);
        assertThat(answers).containsExactly(List.of(), List.of());
        engine.handlePacket(
                MdnsMessages.response().address(longest, "192.0.2.1").build(), 5);
        assertThat(answers).hasSize(3);
    }

    @Test
    void whatIsNoAnswerIsIgnored() {
        engine.ask(NAME, 0, answers::add);
        ByteBuffer answer = MdnsMessages.response().address(NAME, "192.0.2.1").build();
        for (int length = 0; length < answer.limit(); length++) {
            engine.handlePacket(answer.duplicate().limit(length), 1);
        }
        ByteBuffer query = MdnsMessages.response().address(NAME, "192.0.2.1").build();
        query.putShort(2, (short) 0);
        engine.handlePacket(query, 1);
        engine.handlePacket(MdnsMessages.response().goodbye(NAME, "192.0.2.1").build(), 1);
        engine.handlePacket(
                MdnsMessages.response()
                        .address(NAME, "0.0.0.0")
                        .address(NAME, "224.0.0.1")
                        .build(),
                1);
        engine.handlePacket(
                MdnsMessages.response().address("x" + NAME, "192.0.2.1").build(), 1);

        assertThat(answers).isEmpty();
        engine.handlePacket(answer, 1);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aStormOfAnswersToNamesNotAskedForLeavesNothingBehindAndTheRightOneIsTakenOnce() {
        engine.ask(NAME, 0, answers::add);
        ByteBuffer answer = MdnsMessages.response().address(NAME, "192.0.2.1").build();
        for (int i = 0; i < 20_000; i++) {
            engine.handlePacket(
                    MdnsMessages.response()
                            .address("name" + i + ".local", "192.0.2.9")
                            .build(),
                    1);
            if (i > 10_000) {
                engine.handlePacket(answer, 1);
            }
        }

        assertThat(answers).containsExactly(List.of(Sockets.ip("192.0.2.1")));
        assertThat(sent).hasSize(1);
        assertThat(engine.nextTimeout()).isEqualTo(ProtocolEngine.NEVER);
    }

    @Test
    void addressesBeyondTheLimitAreIgnored() {
        engine.ask(NAME, 0, answers::add);
        MdnsMessages message = MdnsMessages.response();
        for (int i = 1; i <= 20; i++) {
            message.address(NAME, "192.0.2." + i);
        }
        engine.handlePacket(message.build(), 1);

        assertThat(answers.get(0)).hasSize(MdnsQuery.MAX_ADDRESSES);
    }

    @Test
    void compressedNamesAreRead() {
        byte[] local = "\005local\000".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer message = ByteBuffer.allocate(64);
        message.position(12).put(local); // at 12
        message.put((byte) 1).put((byte) 'A').putShort((short) (0xC000 | 12)); // at 19
        message.put((byte) 1).put((byte) 'b').putShort((short) (0xC000 | 19)); // at 23
        message.flip();
        StringBuilder name = new StringBuilder();

        assertThat(MdnsName.read(message, 23, name)).isEqualTo(27);
        assertThat(name.toString()).isEqualTo("b.a.local");
    }

    @Test
    void pointersForwardsToThemselvesInCirclesAndWithoutEndAreRefused() {
        StringBuilder name = new StringBuilder();
        ByteBuffer self = ByteBuffer.wrap(new byte[] {(byte) 0xC0, 0});
        assertThat(MdnsName.read(self, 0, name)).isEqualTo(-1);
        ByteBuffer forward = ByteBuffer.wrap(new byte[] {(byte) 0xC0, 2, 0});
        assertThat(MdnsName.read(forward, 0, name)).isEqualTo(-1);
        ByteBuffer circle = ByteBuffer.wrap(new byte[] {(byte) 0xC0, 2, (byte) 0xC0, 0});
        assertThat(MdnsName.read(circle, 2, name)).isEqualTo(-1);
        ByteBuffer growing = ByteBuffer.wrap(new byte[] {1, 'a', (byte) 0xC0, 0});
        assertThat(MdnsName.read(growing, 0, name)).isEqualTo(-1);
        ByteBuffer chain = ByteBuffer.allocate(102);
        for (int i = 2; i < 102; i += 2) {
            chain.putShort(i, (short) (0xC000 | (i - 2)));
        }
        assertThat(MdnsName.read(chain, 4, name)).isEqualTo(6);
        assertThat(MdnsName.read(chain, 100, name)).isEqualTo(-1);
        ByteBuffer reserved = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0});
        assertThat(MdnsName.read(reserved, 0, name)).isEqualTo(-1);
    }
}
