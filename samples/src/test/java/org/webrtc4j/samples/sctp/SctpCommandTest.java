package org.webrtc4j.samples.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SCTP-only peer, by what it is told and what it says. */
class SctpCommandTest {

    private static SctpProcess[] connected() throws Exception {
        return connected("", "");
    }

    private static SctpProcess[] connected(String listens, String connects) throws Exception {
        SctpProcess a = SctpProcess.listener(listens);
        SctpProcess b = SctpProcess.connector(a, connects);
        b.command("{\"cmd\":\"connect\"}");
        a.await("connected");
        b.await("connected");
        return new SctpProcess[] {a, b};
    }

    private static void close(SctpProcess... all) throws Exception {
        for (SctpProcess process : all) {
            process.command("{\"cmd\":\"quit\"}");
            assertThat(process.exitStatus()).isZero();
        }
    }

    @Test
    void connectedNamesTheStreamsThatBothAllow() throws Exception {
        try (SctpProcess a = SctpProcess.listener(",\"inboundStreams\":7,\"outboundStreams\":9");
                SctpProcess b = SctpProcess.connector(a, ",\"inboundStreams\":5")) {
            b.command("{\"cmd\":\"connect\"}");
            JsonObject atA = a.await("connected");
            JsonObject atB = b.await("connected");
            assertThat(atA.get("inboundStreams").getAsInt()).isEqualTo(7);
            assertThat(atA.get("outboundStreams").getAsInt()).isEqualTo(5);
            assertThat(atB.get("inboundStreams").getAsInt()).isEqualTo(5);
            assertThat(atB.get("outboundStreams").getAsInt()).isEqualTo(7);
            close(a, b);
        }
    }

    @Test
    void aMessageIsToldWithItsStreamItsSizeItsHashAndItsFirstBytes() throws Exception {
        SctpProcess[] peers = connected();
        peers[1].command("{\"cmd\":\"send\",\"stream\":3,\"ppid\":4294967295,\"size\":100000,\"unordered\":true}");
        JsonObject large = peers[0].await("message");
        byte[] expected = Commands.pattern(100_000);
        assertThat(large.get("stream").getAsInt()).isEqualTo(3);
        assertThat(large.get("ppid").getAsLong()).isEqualTo(4_294_967_295L);
        assertThat(large.get("size").getAsInt()).isEqualTo(100_000);
        assertThat(large.get("unordered").getAsBoolean()).isTrue();
        assertThat(large.get("sha256").getAsString())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(expected)));
        assertThat(large.get("hex").getAsString()).isEqualTo(HexFormat.of().formatHex(Arrays.copyOf(expected, 64)));
        peers[1].await("lowBuffer");
        peers[0].command("{\"cmd\":\"send\",\"hex\":\"00ff7F\"}");
        JsonObject small = peers[1].await("message");
        assertThat(small.get("hex").getAsString()).isEqualTo("00ff7f");
        assertThat(small.get("unordered").getAsBoolean()).isFalse();
        assertThat(small.get("ppid").getAsInt()).isEqualTo(53);
        close(peers);
    }

    @Test
    void whatIsSentBeforeConnectLeavesWithTheSetUp() throws Exception {
        try (SctpProcess a = SctpProcess.listener("");
                SctpProcess b = SctpProcess.connector(a, "")) {
            b.command("{\"cmd\":\"send\",\"stream\":1,\"size\":10}");
            b.command("{\"cmd\":\"connect\"}");
            assertThat(a.await("message").get("size").getAsInt()).isEqualTo(10);
            close(a, b);
        }
    }

    @Test
    void anEchoComesBackOnItsStreamUnderItsPpid() throws Exception {
        SctpProcess[] peers = connected();
        peers[0].command("{\"cmd\":\"echo\",\"on\":true}");
        peers[0].command("{\"cmd\":\"stats\"}");
        peers[0].await("stats");
        peers[1].command("{\"cmd\":\"send\",\"stream\":12,\"ppid\":51,\"size\":5000}");
        JsonObject back = peers[1].await("message");
        assertThat(back.get("stream").getAsInt()).isEqualTo(12);
        assertThat(back.get("ppid").getAsInt()).isEqualTo(51);
        assertThat(back.get("size").getAsInt()).isEqualTo(5_000);
        close(peers);
    }

    @Test
    void streamsAreResetAndBothSidesSayWhich() throws Exception {
        SctpProcess[] peers = connected();
        peers[1].command("{\"cmd\":\"send\",\"stream\":1,\"size\":10}");
        peers[1].command("{\"cmd\":\"reset\",\"streams\":[1,2]}");
        JsonObject outgoing = peers[1].await("reset");
        JsonObject incoming = peers[0].await("reset");
        assertThat(outgoing.get("streams").toString()).isEqualTo("[1,2]");
        assertThat(incoming.get("streams").toString()).isEqualTo("[1,2]");
        assertThat(outgoing.get("incoming").getAsBoolean()).isFalse();
        assertThat(incoming.get("incoming").getAsBoolean()).isTrue();
        close(peers);
    }

    @Test
    void aShutdownEndsBothAndWhatFollowsIsRefusedWithAReason() throws Exception {
        SctpProcess[] peers = connected();
        peers[1].command("{\"cmd\":\"shutdown\"}");
        assertThat(peers[1].await("closed").get("cause").getAsString()).isEqualTo("shutdown");
        assertThat(peers[0].await("closed").get("cause").getAsString()).isEqualTo("peer shutdown");
        for (String refused : new String[] {
            "{\"cmd\":\"send\",\"size\":1}",
            "{\"cmd\":\"shutdown\"}",
            "{\"cmd\":\"abort\"}",
            "{\"cmd\":\"connect\"}",
            "{\"cmd\":\"reset\",\"streams\":[1]}"
        }) {
            peers[1].command(refused);
            JsonObject error = peers[1].next();
            assertThat(error.get("event").getAsString()).as(refused).isEqualTo("error");
            assertThat(error.get("message").getAsString()).isNotEmpty();
        }
        close(peers);
    }

    @Test
    void anAbortEndsBothAndEachSaysWhose() throws Exception {
        SctpProcess[] peers = connected();
        peers[0].command("{\"cmd\":\"abort\"}");
        assertThat(peers[0].await("closed").get("cause").getAsString()).isEqualTo("abort");
        assertThat(peers[1].await("closed").get("cause").getAsString()).isEqualTo("peer abort");
        close(peers);
    }

    @Test
    void whoGetsNoAnswerGivesUpAfterAsManyAttemptsAsAllowed() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SctpProcess b = new SctpProcess("{\"mode\":\"connect\",\"remote\":\"127.0.0.1:" + silent.getLocalPort()
                        + "\",\"maxInitRetransmits\":2,\"rtoInitial\":20,\"rtoMax\":40}")) {
            b.ready();
            b.command("{\"cmd\":\"connect\"}");
            assertThat(b.await("closed").get("cause").getAsString()).isEqualTo("timeout");
            close(b);
        }
    }

    @Test
    void aLimitedMessageThatCannotArriveIsAbandoned() throws Exception {
        SctpProcess[] peers = connected("", ",\"rtoInitial\":50,\"rtoMin\":50,\"rtoMax\":100");
        peers[0].close(); // the socket is gone, nothing arrives any more
        peers[0].exitStatus();
        peers[1].await("closed");
        SctpProcess silent = SctpProcess.listener("");
        SctpProcess sender = SctpProcess.connector(silent, "");
        sender.command("{\"cmd\":\"send\",\"stream\":1,\"size\":100,\"lifetimeMs\":0}");
        sender.command("{\"cmd\":\"connect\"}");
        assertThat(sender.await("abandoned").get("stream").getAsInt()).isEqualTo(1);
        close(silent, sender);
    }

    @Test
    void bulkAndSinkMoveManyMessagesWithoutALineForEach() throws Exception {
        SctpProcess[] peers = connected();
        peers[0].command("{\"cmd\":\"sink\",\"on\":true}");
        peers[0].command("{\"cmd\":\"stats\"}");
        peers[0].await("stats");
        peers[1].command("{\"cmd\":\"bulk\",\"stream\":1,\"size\":16384,\"total\":8388608}");
        assertThat(peers[1].await("bulkdone").get("bytes").getAsLong()).isEqualTo(8_388_608);
        peers[1].await("lowBuffer");
        peers[1].command("{\"cmd\":\"shutdown\"}");
        peers[0].await("closed");
        peers[0].command("{\"cmd\":\"stats\"}");
        JsonObject stats = peers[0].await("stats");
        assertThat(stats.get("receivedBytes").getAsLong()).isEqualTo(8_388_608);
        assertThat(stats.get("receivedMessages").getAsLong()).isEqualTo(512);
        assertThat(stats.get("packetsReceived").getAsLong()).isPositive();
        assertThat(stats.get("drops").isJsonObject()).isTrue();
        close(peers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json {",
                "[1]",
                "7",
                "{}",
                "{\"cmd\":5.5}",
                "{\"cmd\":{}}",
                "{\"cmd\":\"dance\"}",
                "{\"cmd\":\"send\"}",
                "{\"cmd\":\"send\",\"size\":0}",
                "{\"cmd\":\"send\",\"size\":-1}",
                "{\"cmd\":\"send\",\"size\":1.5}",
                "{\"cmd\":\"send\",\"size\":\"much\"}",
                "{\"cmd\":\"send\",\"size\":99999999999}",
                "{\"cmd\":\"send\",\"hex\":\"0\"}",
                "{\"cmd\":\"send\",\"hex\":\"zz\"}",
                "{\"cmd\":\"send\",\"hex\":{}}",
                "{\"cmd\":\"send\",\"size\":1,\"stream\":65535}",
                "{\"cmd\":\"send\",\"size\":1,\"ppid\":4294967296}",
                "{\"cmd\":\"send\",\"size\":1,\"maxRetransmits\":-2}",
                "{\"cmd\":\"send\",\"size\":1,\"lifetimeMs\":-1}",
                "{\"cmd\":\"reset\"}",
                "{\"cmd\":\"reset\",\"streams\":[]}",
                "{\"cmd\":\"reset\",\"streams\":[70000]}",
                "{\"cmd\":\"reset\",\"streams\":[\"a\"]}",
                "{\"cmd\":\"connect\"}"
            })
    void aLineThatCannotBeObeyedIsAnErrorAndThePeerGoesOn(String line) throws Exception {
        SctpProcess[] peers = connected();
        peers[1].command(line);
        JsonObject error = peers[1].next();
        assertThat(error.get("event").getAsString()).isEqualTo("error");
        assertThat(error.get("message").getAsString()).isNotEmpty();
        peers[1].command("{\"cmd\":\"send\",\"size\":1}");
        assertThat(peers[0].await("message").get("size").getAsInt()).isEqualTo(1);
        close(peers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{}",
                "{\"mode\":\"dance\"}",
                "{\"mode\":\"connect\"}",
                "{\"mode\":\"listen\",\"local\":\"nowhere\"}",
                "{\"mode\":\"listen\",\"local\":\"127.0.0.1:70000\"}",
                "{\"mode\":\"connect\",\"remote\":\"127.0.0.1:0\"}",
                "{\"mode\":\"listen\",\"port\":0}",
                "{\"mode\":\"listen\",\"maxPacketSize\":10}",
                "{\"mode\":\"listen\",\"receiveWindow\":1}",
                "{\"mode\":\"listen\",\"delayedAckMs\":501}",
                "{\"mode\":\"listen\",\"heartbeats\":1}",
                "{\"mode\":\"listen\",\"verificationTag\":0}",
                "{\"mode\":\"listen\",\"initialTsn\":4294967296}",
                "{\"mode\":\"listen\",\"rtoMin\":90000}",
                "{\"mode\":\"listen\",\"local\":\"0.0.0.0:0\"}"
            })
    void aConfigurationThatCannotBeIsAnErrorAndEndsThePeer(String config) throws Exception {
        try (SctpProcess peer = new SctpProcess(config)) {
            assertThat(peer.next().get("event").getAsString()).isEqualTo("error");
            assertThat(peer.exitStatus()).isEqualTo(2);
        }
    }

    @Test
    void withoutItsOneArgumentTheCommandSaysHowItIsCalled() throws Exception {
        assertThat(new SctpCommand().run(new String[0])).isEqualTo(2);
        assertThat(new SctpCommand().usage()).startsWith("sctp ");
    }

    @Test
    void aRunWithGivenTagAndTsnIsTheSameEachTime() throws Exception {
        assertThat(recordedInit()).isEqualTo(recordedInit());
    }

    private static byte[] recordedInit() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SctpProcess peer = new SctpProcess("{\"mode\":\"connect\",\"remote\":\"127.0.0.1:"
                        + socket.getLocalPort()
                        + "\",\"initialTsn\":4294967295,\"verificationTag\":2864434397,\"port\":7000}")) {
            socket.setSoTimeout(20_000);
            peer.ready();
            peer.command("{\"cmd\":\"connect\"}");
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            byte[] init = Arrays.copyOf(packet.getData(), packet.getLength());
            ByteBuffer fields = ByteBuffer.wrap(init);
            assertThat(fields.getShort(0)).isEqualTo((short) 7000);
            assertThat(fields.getShort(2)).isEqualTo((short) 7000);
            assertThat(fields.get(12)).isEqualTo((byte) 1);
            assertThat(fields.getInt(16)).isEqualTo((int) 2_864_434_397L);
            assertThat(fields.getInt(28)).isEqualTo(-1);
            close(peer);
            return init;
        }
    }

    @Test
    void beforeAndAfterAnAssociationPacketsOutOfTheBlueAreAnswered() throws Exception {
        SctpProcess[] peers = connected();
        peers[0].command("{\"cmd\":\"abort\"}");
        peers[0].await("closed");
        try (SctpProcess idle = SctpProcess.listener("")) {
            for (SctpProcess peer : new SctpProcess[] {idle, peers[0]}) {
                // A SHUTDOWN ACK of an association long forgotten, with tag 9.
                byte[] answer = ask(peer.local(), "138813880000000900000000" + "08000004");
                assertThat(answer[12]).isEqualTo((byte) 14);
                assertThat(answer[13]).isEqualTo((byte) 1);
                assertThat(ByteBuffer.wrap(answer).getInt(4)).isEqualTo(9);
            }
            close(idle);
        }
        close(peers);
    }

    private static byte[] ask(String address, String hex) throws Exception {
        byte[] packet = HexFormat.of().parseHex(hex);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(packet);
        ByteBuffer.wrap(packet).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue());
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(20_000);
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            socket.send(new DatagramPacket(
                    packet, packet.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    @Test
    void theEndOfTheInputIsTheSameAsQuit() throws Exception {
        SctpProcess[] peers = connected();
        peers[1].close();
        assertThat(peers[1].exitStatus()).isZero();
        // Whoever leaves says so.
        assertThat(peers[0].await("closed").get("cause").getAsString()).isEqualTo("peer abort");
        close(peers[0]);
    }

    @Test
    void withoutChecksumsWhereBothAgreeEverythingIsTheSame() throws Exception {
        SctpProcess[] peers = connected(",\"zeroChecksum\":true", ",\"zeroChecksum\":true,\"nio\":true");
        peers[1].command("{\"cmd\":\"send\",\"stream\":1,\"size\":70000}");
        assertThat(peers[0].await("message").get("size").getAsInt()).isEqualTo(70_000);
        close(peers);
    }
}
