package org.webrtc4j.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.webrtc4j.ice.agent.FuzzedEngine;
import org.webrtc4j.ice.agent.IpLiteral;
import org.webrtc4j.ice.gather.ServerUrl;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.TurnAttributes;
import org.webrtc4j.ice.turn.ChannelData;
import org.webrtc4j.ice.turn.TurnFrames;

/** Bytes of strangers: no exception leaves, and nothing grows beyond its limit. */
class IceFuzzTest {

    private static final StunKey KEY = StunKey.shortTerm("a+password+of+22+chars");

    @FuzzTest
    void stunMessage(byte[] bytes) {
        StunReader reader = new StunReader();
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        PacketKind.of(packet);
        if (!reader.read(packet)) {
            return;
        }
        reader.isAuthentic(KEY);
        reader.mappedAddress();
        reader.username();
        reader.receiverUfrag();
        reader.senderUfrag();
        reader.isUsernameFor(new byte[] {'a'});
        assertThat(reader.errorReason().length()).isLessThanOrEqualTo(bytes.length);
        assertThat(reader.errorCode()).isBetween(0, 699);
        assertThat(reader.unknownCount()).isBetween(0, 16);
        assertThat(packet.remaining()).isEqualTo(bytes.length);
    }

    @FuzzTest
    void turnMessage(byte[] bytes) {
        TurnAttributes turn = new TurnAttributes();
        StunReader reader = StunReader.of(turn);
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        if (ChannelData.narrowToData(packet) >= 0) {
            assertThat(packet.remaining()).isLessThanOrEqualTo(bytes.length - ChannelData.HEADER_BYTES);
            return;
        }
        if (!reader.read(packet)) {
            return;
        }
        reader.isAuthentic(KEY);
        turn.realm();
        byte[] nonce = turn.nonce();
        assertThat(nonce == null ? 0 : TurnAttributes.features(nonce)).isBetween(0, 0xff_ffff);
        byte[] algorithms = turn.passwordAlgorithms();
        if (algorithms != null) {
            TurnAttributes.offers(algorithms, 7);
        }
        assertThat(turn.passwordAlgorithm()).isBetween(-1, 0xffff);
        assertThat(turn.channelNumber()).isBetween(-1, 0xffff);
        assertThat(turn.lifetime()).isBetween(-1L, 0xffff_ffffL);
        assertThat(turn.requestedTransport()).isBetween(-1, 255);
        assertThat(turn.requestedAddressFamily()).isBetween(-1, 255);
        assertThat(turn.additionalAddressFamily()).isBetween(-1, 255);
        turn.userhash();
        turn.alternateServer();
        turn.alternateDomain();
        turn.relayedAddress(1);
        turn.peerAddress(0);
        assertThat(turn.evenPort() || !turn.reservesNextPort()).isTrue();
        if (turn.narrowToData(packet)) {
            assertThat(packet.remaining()).isLessThan(bytes.length);
        }
    }

    /** The stream comes in pieces; whatever it is cut into lies in it one behind the other. */
    @FuzzTest
    void turnStream(byte[] bytes) {
        TurnFrames frames = new TurnFrames(256);
        int taken = 0;
        int put = 0;
        while (put < bytes.length && !frames.isBroken()) {
            ByteBuffer space = frames.space();
            int piece = Math.min(Math.min(1 + (bytes[put] & 31), space.remaining()), bytes.length - put);
            assertThat(piece).isPositive();
            space.put(bytes, put, piece);
            frames.added(piece);
            put += piece;
            for (ByteBuffer frame = frames.next(); frame != null; frame = frames.next()) {
                assertThat(frame.remaining()).isGreaterThanOrEqualTo(ChannelData.HEADER_BYTES);
                taken += frame.remaining();
            }
        }
        assertThat(taken).isLessThanOrEqualTo(put);
    }

    @FuzzTest
    void addressText(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        IpLiteral.parse(text);
        ServerUrl url = ServerUrl.parse(text);
        if (url != null) {
            assertThat(url.port()).isBetween(1, 65_535);
            assertThat(url.host()).isNotEmpty();
        }
    }

    /** The same with TCP connections, which end at any moment. */
    @FuzzTest
    void engineOperationsOverTcp(FuzzedDataProvider data) {
        new FuzzedEngine(data).withTcp().run();
    }

    /** The same with local addresses that come and go. */
    @FuzzTest
    void engineOperationsWithPorts(FuzzedDataProvider data) {
        new FuzzedEngine(data).withPorts().run();
    }

    /** Bytes choose what happens next to an engine: packets right and wrong, candidates, restarts, time. */
    @FuzzTest
    void engineOperations(FuzzedDataProvider data) {
        new FuzzedEngine(data).run();
    }
}
