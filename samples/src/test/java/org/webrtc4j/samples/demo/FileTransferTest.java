package org.webrtc4j.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.memory.InMemoryIceAgents;

/** The server's side of a file's way, against a page that is played here. */
class FileTransferTest {

    private static final int LIMIT_SECONDS = 30;
    private static final int SLICE_BYTES = 16_384;

    private final WebRtcRuntime runtime = WebRtcRuntime.builder()
            .iceAgents(new InMemoryIceAgents(new SecureRandom()))
            .build();
    private final FileStore store = new FileStore();
    private final byte[] file = new byte[3_000_000];
    private final LinkedBlockingQueue<MessageEvent> messages = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        store.close();
        runtime.close();
    }

    @Test
    void aFileCutOffGoesOnByAnotherConnectionAndComesBackInTwoParts() throws Exception {
        new Random(1).nextBytes(file);
        String sha256 = sha256(file);
        RTCPeerConnection first = runtime.createPeerConnection(RTCConfiguration.defaults(), "first");
        RTCDataChannel channel = connect(first);
        channel.send(offer(sha256, file.length));
        assertThat(report("have")).isEqualTo("0");
        send(channel, 0, 2_000_000);
        assertThat(report("received")).isEqualTo(String.valueOf(64 * SLICE_BYTES));
        first.close();

        RTCDataChannel again = connect(runtime.createPeerConnection(RTCConfiguration.defaults(), "second"));
        messages.clear();
        again.send(offer(sha256, file.length));
        int have = Integer.parseInt(report("have"));
        assertThat(have).isBetween(64 * SLICE_BYTES, 2_000_000);
        send(again, have, file.length);
        assertThat(report("stored")).isEqualTo(sha256);

        int from = 1_234_567;
        again.send("{\"cmd\":\"fetch\",\"sha256\":\"" + sha256 + "\",\"from\":" + from + "}");
        assertThat(bytesUntil("sent")).isEqualTo(Arrays.copyOfRange(file, from, file.length));
    }

    @Test
    void bytesThatAreNotTheFileAnnouncedAreNotKept() throws Exception {
        String sha256 = sha256(new byte[] {1, 2, 3});
        RTCDataChannel channel = connect(runtime.createPeerConnection(RTCConfiguration.defaults(), "page"));
        channel.send(offer(sha256, 3));
        channel.send(new byte[] {3, 2, 1});
        assertThat(report("failed")).contains("another SHA-256");
        channel.send(offer(sha256, 3));
        assertThat(report("have")).isEqualTo("0");
        channel.send(new byte[] {1, 2, 3, 4});
        assertThat(report("failed")).contains("more bytes");
        channel.send(offer(sha256, 3));
        channel.send(new byte[] {1, 2, 3});
        assertThat(report("stored")).isEqualTo(sha256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"cmd\":\"offer\"}",
                "{\"cmd\":null,\"sha256\":\"@\"}",
                "{\"cmd\":\"offer\",\"sha256\":{},\"size\":1}",
                "{\"cmd\":\"offer\",\"sha256\":\"@\",\"size\":[]}",
                "{\"cmd\":\"offer\",\"sha256\":\"../../etc/passwd\",\"size\":1}",
                "{\"cmd\":\"offer\",\"sha256\":\"@\",\"size\":-1}",
                "{\"cmd\":\"offer\",\"sha256\":\"@\",\"size\":1e12}",
                "{\"cmd\":\"offer\",\"sha256\":\"@\",\"size\":\"much\"}",
                "{\"cmd\":\"fetch\",\"sha256\":\"@\",\"from\":0}",
                "{\"cmd\":\"erase\",\"sha256\":\"@\"}"
            })
    void whatCannotBeDoneIsSaid(String command) throws Exception {
        RTCDataChannel channel = connect(runtime.createPeerConnection(RTCConfiguration.defaults(), "page"));
        channel.send(new byte[] {1}); // of no file
        channel.send(command.replace("@", "ab".repeat(32)));
        assertThat(report("failed")).isNotEmpty();
    }

    private RTCDataChannel connect(RTCPeerConnection page) throws Exception {
        RTCPeerConnection server = runtime.createPeerConnection(RTCConfiguration.defaults(), "server");
        new FilesVisit(store).begin(server);
        RTCDataChannel channel = page.createDataChannel("files");
        CompletableFuture<RTCDataChannel> open = new CompletableFuture<>();
        channel.onOpen(event -> open.complete(channel));
        channel.onMessage(messages::add);
        page.setLocalDescription()
                .thenCompose(done -> page.gatheringComplete())
                .thenCompose(server::setRemoteDescription)
                .thenCompose(done -> server.setLocalDescription())
                .thenCompose(done -> server.gatheringComplete())
                .thenCompose(page::setRemoteDescription)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return open.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void send(RTCDataChannel channel, int from, int to) {
        for (int at = from; at < to; at += SLICE_BYTES) {
            channel.send(Arrays.copyOfRange(file, at, Math.min(at + SLICE_BYTES, to)));
        }
    }

    /** What the next report of that name says; others and bytes are passed over. */
    private String report(String name) throws Exception {
        while (true) {
            MessageEvent message = next();
            if (message.isText()) {
                JsonObject json = JsonParser.parseString(message.text()).getAsJsonObject();
                if (json.has(name)) {
                    return json.get(name).getAsString();
                }
            }
        }
    }

    private byte[] bytesUntil(String name) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageEvent message = next();
        for (; !message.isText(); message = next()) {
            bytes.writeBytes(message.bytes());
        }
        assertThat(message.text()).contains(name);
        return bytes.toByteArray();
    }

    private MessageEvent next() throws Exception {
        return Objects.requireNonNull(messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS), "nothing more was said");
    }

    private static String offer(String sha256, int size) {
        return "{\"cmd\":\"offer\",\"sha256\":\"" + sha256 + "\",\"size\":" + size + "}";
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
