package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.WebRtcRuntime;

/** Channels of each kind, and their ends, between Chromium and this process. */
@ExtendWith(WithChromium.class)
class ChromiumChannelsTest {

    private static final int SECONDS = 20;

    private WebRtcRuntime runtime;
    private PageConnection connection;
    private Chromium browser;

    @BeforeEach
    void connect(Chromium browser) throws Exception {
        this.browser = browser;
        runtime = WebRtcRuntime.builder()
                .bind(java.net.InetAddress.getLoopbackAddress())
                .build();
        connection = new PageConnection(browser, runtime);
    }

    @AfterEach
    void close() {
        connection.close();
        runtime.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNegotiatedChannelOpensWithItsIdOnBothSides(boolean javaOffers) throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel(
                "negotiated",
                RTCDataChannelInit.builder().negotiated(true).id(77).build());
        browser.call("""
                const channel = pc.createDataChannel("negotiated", { negotiated: true, id: 77 });
                channel.onmessage = ({ data }) => channel.send(data);
                """);
        negotiate(javaOffers);
        assertEchoes(channel, "over the negotiated channel");
        assertThat(channel.id()).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredChannelsOfEachSideOpenAndEcho(boolean javaOffers) throws Exception {
        List<RTCDataChannel> channels = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            channels.add(connection.pc.createDataChannel("java-" + i));
        }
        List<CompletableFuture<String>> fromPage = new ArrayList<>();
        connection.pc.onDataChannel(
                event -> event.channel().onMessage(message -> event.channel().send(message.data())));
        browser.call("""
                globalThis.own = Array.from({ length: 50 }, (_, i) => pc.createDataChannel(`page-${i}`));
                globalThis.echoed = Promise.all(own.map((channel) => new Promise((resolve) => {
                  channel.onopen = () => channel.send(channel.label);
                  channel.onmessage = ({ data }) => resolve(data === channel.label);
                })));
                """);
        negotiate(javaOffers);
        for (RTCDataChannel channel : channels) {
            fromPage.add(echo(channel, channel.label()));
        }
        for (int i = 0; i < channels.size(); i++) {
            assertThat(fromPage.get(i).get(SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(channels.get(i).label());
        }
        assertThat(browser.call("return (await echoed).every((same) => same)").getAsBoolean())
                .isTrue();
        assertThat(channels.stream().map(RTCDataChannel::id).distinct()).hasSize(50);
    }

    @Test
    void aChannelClosedHereClosesThere() throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel("closing");
        connection.javaOffers();
        assertEchoes(channel, "before");
        browser.call("globalThis.closed = new Promise((resolve) => (channels.closing.onclose = resolve))");
        CountDownLatch closed = new CountDownLatch(1);
        channel.onClose(event -> closed.countDown());
        channel.close();
        browser.call("await closed");
        assertThat(closed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    }

    @Test
    void aChannelClosedThereClosesHere() throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel("closing");
        CountDownLatch closed = new CountDownLatch(1);
        channel.onClose(event -> closed.countDown());
        connection.javaOffers();
        assertEchoes(channel, "before");
        browser.call("channels.closing.close()");
        assertThat(closed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionClosedThereIsNoticedHereAtOnce() throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel("ending");
        CountDownLatch closed = new CountDownLatch(1);
        channel.onClose(event -> closed.countDown());
        connection.javaOffers();
        assertEchoes(channel, "before");
        browser.call("pc.close()");
        assertThat(closed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionClosedHereIsNoticedThereAtOnce() throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel("ending");
        connection.javaOffers();
        assertEchoes(channel, "before");
        browser.call("globalThis.closed = new Promise((resolve) => (channels.ending.onclose = resolve))");
        connection.pc.close();
        browser.call("await closed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIceRestartKeepsTheChannel(boolean javaRestarts) throws Exception {
        RTCDataChannel channel = connection.pc.createDataChannel("restarted");
        connection.javaOffers();
        assertEchoes(channel, "before the restart");
        String before = ufrag();
        if (javaRestarts) {
            connection.pc.restartIce();
            connection.javaOffers();
        } else {
            browser.call("pc.restartIce()");
            connection.pageOffers();
        }
        assertThat(ufrag()).isNotEqualTo(before);
        assertEchoes(channel, "right after the restart");
        browser.call("""
                while (pc.iceConnectionState !== "connected" && pc.iceConnectionState !== "completed") {
                  await new Promise((resolve) => pc.addEventListener("iceconnectionstatechange", resolve, { once: true }));
                }
                """);
        assertEchoes(channel, "after the new pair was selected");
        assertThat(connection.pc.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    }

    private String ufrag() {
        var description = connection.pc.localDescription();
        return description == null
                ? ""
                : description
                        .sdp()
                        .lines()
                        .filter(line -> line.startsWith("a=ice-ufrag:"))
                        .findFirst()
                        .orElseThrow();
    }

    private void negotiate(boolean javaOffers) throws Exception {
        if (javaOffers) {
            connection.javaOffers();
        } else {
            connection.pageOffers();
        }
    }

    private static void assertEchoes(RTCDataChannel channel, String text) throws Exception {
        assertThat(echo(channel, text).get(SECONDS, TimeUnit.SECONDS)).isEqualTo(text);
    }

    /** Sends as soon as the channel is open; completes with what comes back. */
    private static CompletableFuture<String> echo(RTCDataChannel channel, String text) {
        CompletableFuture<String> back = new CompletableFuture<>();
        AtomicBoolean sent = new AtomicBoolean();
        Runnable send = () -> {
            if (sent.compareAndSet(false, true)) {
                channel.send(text);
            }
        };
        channel.onMessage(event -> back.complete(event.text()));
        channel.onOpen(event -> send.run());
        // It may have opened before the handler was set.
        if (channel.readyState() == RTCDataChannelState.OPEN) {
            send.run();
        }
        return back;
    }
}
