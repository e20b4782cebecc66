package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCIceCandidatePairStats;
import org.webrtc4j.RTCIceCandidateStats;
import org.webrtc4j.RTCIceTcpCandidateType;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.RTCTransportStats;
import org.webrtc4j.WebRtcRuntime;

/** Chromium reaches a server that no datagram reaches: the only candidates that arrive are those of TCP. */
@ExtendWith(WithChromium.class)
class ChromiumTcpTest {

    private static final int SECONDS = 60;
    private static final int[] SIZES = {0, 1, 1_200, 65_536, 262_144};

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesOfEachSizeComeBackAsTheyWere(boolean javaOffers, Chromium browser) throws Exception {
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                        .server()
                        .bind(InetAddress.getLoopbackAddress())
                        .tcpPort(0)
                        .build();
                PageConnection connection = PageConnection.withCandidates(
                        browser, runtime, text -> text.contains(" tcp ") || text.contains(" TCP "))) {
            RTCDataChannel channel = connection.pc.createDataChannel("echo");
            BlockingQueue<byte[]> echoed = new LinkedBlockingQueue<>();
            channel.onMessage(message -> echoed.add(message.bytes()));
            channel.onOpen(event -> {
                for (int size : SIZES) {
                    channel.send(bytes(size));
                }
            });
            if (javaOffers) {
                connection.javaOffers();
            } else {
                browser.call("pc.createDataChannel('first')");
                connection.pageOffers();
            }
            for (int size : SIZES) {
                assertThat(Objects.requireNonNull(echoed.poll(SECONDS, TimeUnit.SECONDS), "nothing came back"))
                        .isEqualTo(bytes(size));
            }
            assertThatTcpIsTold(connection.pc.getStats().get(SECONDS, TimeUnit.SECONDS));
            JsonObject page = browser.call("""
                    const report = await pc.getStats();
                    const transport = [...report.values()].find(({ type }) => type === "transport");
                    const { localCandidateId } = report.get(transport.selectedCandidatePairId);
                    return report.get(localCandidateId);
                    """).getAsJsonObject();
            assertThat(page.get("protocol").getAsString()).isEqualTo("tcp");
            assertThat(page.get("tcpType").getAsString()).isEqualTo("active");
        }
    }

    private static void assertThatTcpIsTold(RTCStatsReport report) {
        String selected =
                report.all(RTCTransportStats.class).findFirst().orElseThrow().selectedCandidatePairId();
        RTCIceCandidatePairStats pair = (RTCIceCandidatePairStats) Objects.requireNonNull(report.get(selected));
        RTCIceCandidateStats local = (RTCIceCandidateStats) Objects.requireNonNull(report.get(pair.localCandidateId()));
        RTCIceCandidateStats remote =
                (RTCIceCandidateStats) Objects.requireNonNull(report.get(pair.remoteCandidateId()));
        assertThat(local.protocol()).isEqualTo("tcp");
        assertThat(local.tcpType()).isEqualTo(RTCIceTcpCandidateType.PASSIVE);
        assertThat(remote.protocol()).isEqualTo("tcp");
        assertThat(remote.tcpType()).isEqualTo(RTCIceTcpCandidateType.ACTIVE);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
