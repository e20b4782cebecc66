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
    void addressText(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        IpLiteral.parse(text);
        ServerUrl url = ServerUrl.parse(text);
        if (url != null) {
            assertThat(url.port()).isBetween(1, 65_535);
            assertThat(url.host()).isNotEmpty();
        }
    }

    /** Bytes choose what happens next to an engine: packets right and wrong, candidates, restarts, time. */
    @FuzzTest
    void engineOperations(FuzzedDataProvider data) {
        new FuzzedEngine(data).run();
    }
}
