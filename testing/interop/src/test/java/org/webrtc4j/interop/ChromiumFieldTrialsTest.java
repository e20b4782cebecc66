package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.BinaryType;
import org.webrtc4j.DataChannelSettings;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCSctpTransportStats;
import org.webrtc4j.WebRtcRuntime;

/** A Chromium whose SCTP does what it can but does not do by itself: interleaving, and its set-up in the descriptions. */
class ChromiumFieldTrialsTest {

    private static final int SECONDS = 30;
    private static final int LARGE = 200_000;
    private static final int SMALL_MESSAGES = 50;
    private static final String TRIALS =
            "--force-fieldtrials=WebRTC-DataChannelMessageInterleaving/Enabled/WebRTC-Sctp-Snap/Enabled/";

    private static Chromium browser;

    private WebRtcRuntime runtime;
    private PageConnection connection;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(TRIALS).orElse(null);
        if (browser == null) {
            System.out.println("SKIPPED: no Chromium with its driver on this machine");
            Assumptions.abort("no Chromium with its driver on this machine");
        }
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        browser.reload();
    }

    private void connect(DataChannelSettings.Builder settings) throws Exception {
        runtime = WebRtcRuntime.builder()
                .bind(InetAddress.getLoopbackAddress())
                .dataChannels(settings.build())
                .build();
        connection = new PageConnection(browser, runtime);
    }

    @AfterEach
    void close() {
        connection.close();
        runtime.close();
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + 7 * (i >> 8));
        }
        return bytes;
    }

    private static CompletableFuture<byte[]> answerTo(RTCDataChannel channel, byte[] message) {
        CompletableFuture<byte[]> back = new CompletableFuture<>();
        channel.binaryType(BinaryType.ARRAYBUFFER);
        channel.onMessage(event -> back.complete(event.data().bytes()));
        channel.onOpen(event -> channel.send(message));
        return back;
    }

    /** A large message on one channel and many small ones on another, both there and back. */
    private void assertMessagesComeBack(boolean javaOffers) throws Exception {
        RTCDataChannel large = connection.pc.createDataChannel("large");
        RTCDataChannel small = connection.pc.createDataChannel("small");
        CompletableFuture<byte[]> largeBack = answerTo(large, pattern(LARGE));
        CompletableFuture<Integer> smallBack = new CompletableFuture<>();
        int[] returned = new int[1];
        small.onMessage(event -> {
            if (++returned[0] == SMALL_MESSAGES) {
                smallBack.complete(returned[0]);
            }
        });
        small.onOpen(event -> {
            for (int i = 0; i < SMALL_MESSAGES; i++) {
                small.send("small " + i);
            }
        });
        if (javaOffers) {
            connection.javaOffers();
        } else {
            browser.call("pc.createDataChannel('of the page')");
            connection.pageOffers();
        }
        assertThat(Arrays.equals(largeBack.get(SECONDS, TimeUnit.SECONDS), pattern(LARGE)))
                .isTrue();
        assertThat(smallBack.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(SMALL_MESSAGES);
    }

    private RTCSctpTransportStats sctp() throws Exception {
        return connection
                .pc
                .getStats()
                .get(SECONDS, TimeUnit.SECONDS)
                .all(RTCSctpTransportStats.class)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withChromiumMessagesAreInterleaved(boolean javaOffers) throws Exception {
        // Chromium does not announce that it takes packets without a checksum (156 has no trial for it): ours keep
        // theirs.
        connect(DataChannelSettings.builder().interleaving(true).zeroChecksum(true));
        assertMessagesComeBack(javaOffers);
        assertThat(sctp().messageInterleaving()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withChromiumNothingIsDoneThatWeDoNotAskFor(boolean javaOffers) throws Exception {
        connect(DataChannelSettings.builder());
        assertMessagesComeBack(javaOffers);
        assertThat(sctp().messageInterleaving()).isFalse();
        assertThat(sctp().zeroChecksum()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withChromiumTheAssociationBeginsFromTheDescriptions(boolean javaOffers) throws Exception {
        connect(DataChannelSettings.builder().snap(true).interleaving(true).zeroChecksum(true));
        assertMessagesComeBack(javaOffers);
        assertThat(Objects.requireNonNull(connection.pc.localDescription()).sdp())
                .contains("a=sctp-init:");
        assertThat(Objects.requireNonNull(connection.pc.remoteDescription()).sdp())
                .contains("a=sctp-init:");
        assertThat(sctp().messageInterleaving()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withChromiumLargerPacketsAreFoundToPass(boolean javaOffers) throws Exception {
        connect(DataChannelSettings.builder().pathMtuDiscovery(true));
        assertMessagesComeBack(javaOffers);
        for (int i = 0; i < 20 && sctp().mtu() < 1_400; i++) {
            RTCDataChannel more = connection.pc.createDataChannel("more " + i);
            assertThat(answerTo(more, pattern(LARGE)).get(SECONDS, TimeUnit.SECONDS))
                    .hasSize(LARGE);
        }
        assertThat(sctp().mtu()).isEqualTo(1_400);
    }
}
