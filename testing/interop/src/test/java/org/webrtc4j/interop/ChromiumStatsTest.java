package org.webrtc4j.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.CloseCause;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamConstraints;
import org.webrtc4j.RTCCertificateStats;
import org.webrtc4j.RTCCodecStats;
import org.webrtc4j.RTCIceCandidatePairStats;
import org.webrtc4j.RTCIceCandidateStats;
import org.webrtc4j.RTCInboundRtpStreamStats;
import org.webrtc4j.RTCOutboundRtpStreamStats;
import org.webrtc4j.RTCRemoteInboundRtpStreamStats;
import org.webrtc4j.RTCRemoteOutboundRtpStreamStats;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpStreamStats;
import org.webrtc4j.RTCStats;
import org.webrtc4j.RTCStatsIceCandidatePairState;
import org.webrtc4j.RTCStatsReport;
import org.webrtc4j.RTCTransportStats;
import org.webrtc4j.RuntimeListener;
import org.webrtc4j.WebRtcRuntime;

/** In a live call both sides count the same: what one has sent is what the other has received, once it has paused. */
@ExtendWith(WithChromium.class)
class ChromiumStatsTest {

    private static final List<String> KINDS = List.of("audio", "video");

    /** Loopback, and a machine that is busy. */
    private static final double PLAUSIBLE_SECONDS = 2;

    /** "Mandatory To Implement Stats" of webrtc-pc: those of every object of a type, in this call. */
    private static final Map<String, List<String>> MANDATORY = Map.ofEntries(
            Map.entry("codec", List.of("payloadType", "mimeType", "clockRate", "transportId")),
            Map.entry(
                    "inbound-rtp",
                    List.of(
                            "ssrc",
                            "kind",
                            "transportId",
                            "codecId",
                            "packetsReceived",
                            "packetsLost",
                            "jitter",
                            "trackIdentifier",
                            "mid",
                            "remoteId",
                            "bytesReceived",
                            "nackCount",
                            "packetsDiscarded")),
            Map.entry(
                    "outbound-rtp",
                    List.of(
                            "ssrc",
                            "kind",
                            "transportId",
                            "codecId",
                            "packetsSent",
                            "bytesSent",
                            "mid",
                            "remoteId",
                            "nackCount")),
            Map.entry(
                    "remote-inbound-rtp",
                    List.of(
                            "ssrc",
                            "kind",
                            "transportId",
                            "codecId",
                            "packetsReceived",
                            "packetsLost",
                            "jitter",
                            "localId",
                            "roundTripTime")),
            Map.entry(
                    "remote-outbound-rtp",
                    List.of(
                            "ssrc",
                            "kind",
                            "transportId",
                            "codecId",
                            "packetsSent",
                            "bytesSent",
                            "localId",
                            "remoteTimestamp")),
            Map.entry("media-source", List.of("trackIdentifier", "kind")),
            Map.entry("peer-connection", List.of("dataChannelsOpened", "dataChannelsClosed")),
            Map.entry(
                    "transport",
                    List.of(
                            "bytesSent",
                            "bytesReceived",
                            "selectedCandidatePairId",
                            "localCertificateId",
                            "remoteCertificateId",
                            "dtlsState",
                            "iceState",
                            "tlsVersion",
                            "dtlsCipher",
                            "srtpCipher")),
            Map.entry(
                    "candidate-pair",
                    List.of(
                            "transportId",
                            "localCandidateId",
                            "remoteCandidateId",
                            "state",
                            "nominated",
                            "bytesSent",
                            "bytesReceived",
                            "totalRoundTripTime")),
            Map.entry("local-candidate", List.of("address", "port", "protocol", "candidateType")),
            Map.entry("remote-candidate", List.of("address", "port", "protocol", "candidateType")),
            Map.entry("certificate", List.of("fingerprint", "fingerprintAlgorithm", "base64Certificate")));

    private WebRtcRuntime runtime;
    private MediaCall call;
    private PageServer page;

    @BeforeEach
    void open(Chromium browser) throws Exception {
        runtime = WebRtcRuntime.builder()
                .bind(InetAddress.getLoopbackAddress())
                .listener(new RuntimeListener() {
                    @Override
                    public void onClosed(String connection, CloseCause cause, Map<String, Long> drops) {
                        System.out.println("Dropped: " + drops);
                    }
                })
                .build();
        runtime.warmUp().get(MediaCall.SECONDS, TimeUnit.SECONDS);
        page = browser.page();
        page.call("await media.open(320, 240, 15)");
        call = new MediaCall(page, runtime, null);
    }

    @AfterEach
    void close() {
        call.close();
        runtime.close();
    }

    /** The statistics of the page: what its object of a type and kind says. */
    private record PageReport(List<JsonObject> all) {

        JsonObject get(String type, @Nullable String kind) {
            return all.stream()
                    .filter(each -> is(each, "type", type) && (kind == null || is(each, "kind", kind)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Chromium has no " + type + " of " + kind));
        }

        JsonObject get(JsonObject from, String reference) {
            String id = from.get(reference).getAsString();
            return all.stream().filter(each -> is(each, "id", id)).findFirst().orElseThrow();
        }

        List<Integer> candidatePorts(String type) {
            return all.stream()
                    .filter(each -> is(each, "type", type))
                    .map(each -> each.get("port").getAsInt())
                    .toList();
        }

        private static boolean is(JsonObject object, String member, String value) {
            JsonElement found = object.get(member);
            return found != null && value.equals(found.getAsString());
        }
    }

    private PageReport pageReport() throws Exception {
        JsonArray array =
                page.call("return [...(await pc.getStats()).values()]").getAsJsonArray();
        List<JsonObject> all = new ArrayList<>();
        array.forEach(each -> all.add(each.getAsJsonObject()));
        return new PageReport(all);
    }

    private RTCStatsReport report() throws Exception {
        return call.pc.getStats().get(MediaCall.SECONDS, TimeUnit.SECONDS);
    }

    private static <T extends RTCRtpStreamStats> @Nullable T find(RTCStatsReport report, Class<T> type, String kind) {
        return report.all(type)
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElse(null);
    }

    private static <T extends RTCRtpStreamStats> T one(RTCStatsReport report, Class<T> type, String kind) {
        return requireNonNull(find(report, type, kind), () -> type.getSimpleName() + " of " + kind);
    }

    private static <T extends RTCStats> T get(RTCStatsReport report, @Nullable String id, Class<T> type) {
        return type.cast(requireNonNull(report.get(requireNonNull(id)), id));
    }

    private static long number(JsonObject object, String member) {
        JsonElement value = object.get(member);
        return value == null || value.isJsonNull() ? 0 : value.getAsLong();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSidesAgree(boolean javaOffers) throws Exception {
        connect(javaOffers);
        awaitReports();
        RTCStatsReport live = report();
        live.values().forEach(ChromiumStatsTest::assertMandatoryMembers);
        assertThat(live.values().stream().map(each -> each.type().wireName())).containsAll(MANDATORY.keySet());
        pause();
        PageReport theirs = pageReport();
        RTCStatsReport ours = report();
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MediaCall.SECONDS);
                !allArrived(ours, theirs) && System.nanoTime() < deadline;
                ours = report()) {
            theirs = pageReport();
        }
        for (String kind : KINDS) {
            compareSent(ours, theirs, kind);
            compareReceived(ours, theirs, kind);
            compareReports(ours, theirs, kind);
        }
        compareTransports(ours, theirs);
    }

    private void connect(boolean javaOffers) throws Exception {
        MediaStream stream = runtime.mediaDevices()
                .getUserMedia(MediaStreamConstraints.of(true, true))
                .get(MediaCall.SECONDS, TimeUnit.SECONDS);
        call.pc.onTrack(event -> event.receiver().frames(frame -> {}));
        if (javaOffers) {
            stream.getTracks().forEach(each -> call.pc.addTrack(each, stream));
            page.call("media.send(pc)");
            call.javaOffers();
        } else {
            page.call("media.send(pc)");
            stream.getTracks().forEach(each -> call.pc.addTrack(each, stream));
            call.pageOffers();
        }
        call.assertMoves();
    }

    /** Waits until each side has reports of the other about both kinds, and some seconds of media have moved. */
    private void awaitReports() throws Exception {
        assertThat(call.until("""
                                n.outbound.video?.framesSent > 60 && n.inbound.video?.framesDecoded > 60
                                && ["audio", "video"].every((kind) => n.remoteInbound[kind]?.roundTripTimeMeasurements > 0)
                                """, MediaCall.SECONDS).met()).isTrue();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MediaCall.SECONDS);
        while (System.nanoTime() < deadline) {
            RTCStatsReport now = report();
            if (KINDS.stream().allMatch(kind -> reported(now, kind))) {
                return;
            }
            page.call("await new Promise((resolve) => setTimeout(resolve, 100))");
        }
        throw new AssertionError("No reports: " + report().values());
    }

    private static boolean reported(RTCStatsReport report, String kind) {
        RTCRemoteInboundRtpStreamStats receiver = find(report, RTCRemoteInboundRtpStreamStats.class, kind);
        return receiver != null
                && receiver.roundTripTime() != null
                && find(report, RTCRemoteOutboundRtpStreamStats.class, kind) != null;
    }

    private void pause() throws Exception {
        for (RTCRtpSender each : call.pc.getSenders()) {
            each.replaceTrack(null).get(MediaCall.SECONDS, TimeUnit.SECONDS);
        }
        page.call("for (const sender of pc.getSenders()) { await sender.replaceTrack(null); }");
    }

    private static boolean allArrived(RTCStatsReport ours, PageReport theirs) {
        return KINDS.stream()
                .allMatch(kind -> one(ours, RTCOutboundRtpStreamStats.class, kind)
                                        .packetsSent()
                                == number(theirs.get("inbound-rtp", kind), "packetsReceived")
                        && one(ours, RTCInboundRtpStreamStats.class, kind).packetsReceived()
                                == number(theirs.get("outbound-rtp", kind), "packetsSent"));
    }

    // --- streams

    private static void compareSent(RTCStatsReport ours, PageReport theirs, String kind) {
        RTCOutboundRtpStreamStats sent = one(ours, RTCOutboundRtpStreamStats.class, kind);
        JsonObject received = theirs.get("inbound-rtp", kind);
        assertThat(number(received, "ssrc")).isEqualTo(sent.ssrc());
        assertThat(received.get("mid").getAsString()).isEqualTo(sent.mid());
        assertThat(number(received, "packetsLost")).isZero();
        assertThat(number(received, "packetsReceived"))
                .isEqualTo(sent.packetsSent())
                .isPositive();
        assertThat(number(received, "bytesReceived"))
                .isEqualTo(sent.bytesSent())
                .isPositive();
        assertThat(number(received, "headerBytesReceived")).isEqualTo(sent.headerBytesSent());
        assertThat(number(received, "nackCount")).isEqualTo(sent.nackCount());
        if (kind.equals("video")) {
            assertThat(number(received, "framesReceived")).isEqualTo(sent.framesSent());
            // A decoder that cannot keep up leaves frames out.
            assertThat(number(received, "framesDecoded"))
                    .isBetween(requireNonNull(sent.framesSent()) / 2, sent.framesSent());
            assertThat(number(received, "pliCount")).isEqualTo(sent.pliCount());
            assertThat(number(received, "firCount")).isEqualTo(sent.firCount());
            assertThat(sent.framesEncoded()).isEqualTo(sent.framesSent());
            assertThat(number(received, "frameWidth"))
                    .isEqualTo(requireNonNull(sent.frameWidth()).longValue());
            assertThat(number(received, "frameHeight"))
                    .isEqualTo(requireNonNull(sent.frameHeight()).longValue());
        }
        compareCodecs(get(ours, sent.codecId(), RTCCodecStats.class), theirs.get(received, "codecId"));
    }

    private static void compareReceived(RTCStatsReport ours, PageReport theirs, String kind) {
        RTCInboundRtpStreamStats received = one(ours, RTCInboundRtpStreamStats.class, kind);
        JsonObject sent = theirs.get("outbound-rtp", kind);
        assertThat(received.ssrc()).isEqualTo(number(sent, "ssrc"));
        assertThat(received.mid()).isEqualTo(sent.get("mid").getAsString());
        assertThat(received.packetsLost()).isZero();
        assertThat(received.packetsReceived())
                .isEqualTo(number(sent, "packetsSent"))
                .isPositive();
        assertThat(received.bytesReceived())
                .isEqualTo(number(sent, "bytesSent"))
                .isPositive();
        assertThat(received.headerBytesReceived()).isEqualTo(number(sent, "headerBytesSent"));
        assertThat(received.nackCount()).isEqualTo(number(sent, "nackCount"));
        if (kind.equals("video")) {
            assertThat(received.framesReceived()).isEqualTo(number(sent, "framesSent"));
            assertThat(received.framesDecoded()).isEqualTo(number(sent, "framesEncoded"));
            assertThat(received.keyFramesDecoded()).isEqualTo(number(sent, "keyFramesEncoded"));
            assertThat(received.framesDropped()).isZero();
            assertThat(received.pliCount()).isEqualTo(number(sent, "pliCount"));
            assertThat(received.firCount()).isEqualTo(number(sent, "firCount"));
            assertThat(requireNonNull(received.frameWidth()).longValue()).isEqualTo(number(sent, "frameWidth"));
            assertThat(requireNonNull(received.frameHeight()).longValue()).isEqualTo(number(sent, "frameHeight"));
        } else {
            assertThat(received.totalAudioEnergy()).isPositive();
            assertThat(received.totalSamplesDuration()).isPositive();
        }
        compareCodecs(get(ours, received.codecId(), RTCCodecStats.class), theirs.get(sent, "codecId"));
    }

    private static void compareCodecs(RTCCodecStats ours, JsonObject theirs) {
        assertThat(ours.mimeType()).isEqualToIgnoringCase(theirs.get("mimeType").getAsString());
        assertThat(ours.payloadType()).isEqualTo(theirs.get("payloadType").getAsInt());
        assertThat(ours.clockRate()).isEqualTo(theirs.get("clockRate").getAsInt());
        assertThat(ours.channels() == null ? 0 : ours.channels()).isEqualTo((int) number(theirs, "channels"));
        JsonElement line = theirs.get("sdpFmtpLine");
        assertThat(parameters(ours.sdpFmtpLine())).isEqualTo(parameters(line == null ? null : line.getAsString()));
    }

    private static Set<String> parameters(@Nullable String line) {
        return line == null ? Set.of() : new TreeSet<>(List.of(line.split("; *")));
    }

    /** What each side says of the other's reports. */
    private static void compareReports(RTCStatsReport ours, PageReport theirs, String kind) {
        RTCOutboundRtpStreamStats sent = one(ours, RTCOutboundRtpStreamStats.class, kind);
        RTCRemoteInboundRtpStreamStats heard = get(ours, sent.remoteId(), RTCRemoteInboundRtpStreamStats.class);
        assertThat(heard.localId()).isEqualTo(sent.id());
        assertThat(heard.ssrc()).isEqualTo(sent.ssrc());
        assertThat(heard.packetsLost()).isZero();
        assertThat(heard.fractionLost()).isZero();
        assertThat(heard.packetsReceived()).isPositive().isLessThanOrEqualTo(sent.packetsSent());
        assertThat(heard.roundTripTime()).isBetween(0.0, PLAUSIBLE_SECONDS);
        assertThat(heard.roundTripTimeMeasurements()).isPositive();
        assertThat(heard.totalRoundTripTime()).isBetween(0.0, PLAUSIBLE_SECONDS * heard.roundTripTimeMeasurements());
        assertThat(heard.jitter()).isBetween(0.0, PLAUSIBLE_SECONDS);
        JsonObject theirView = theirs.get("remote-inbound-rtp", kind);
        assertThat(theirView.get("roundTripTime").getAsDouble()).isBetween(0.0, PLAUSIBLE_SECONDS);
        assertThat(number(theirView, "packetsLost")).isZero();

        RTCInboundRtpStreamStats received = one(ours, RTCInboundRtpStreamStats.class, kind);
        RTCRemoteOutboundRtpStreamStats told = get(ours, received.remoteId(), RTCRemoteOutboundRtpStreamStats.class);
        assertThat(told.localId()).isEqualTo(received.id());
        assertThat(told.reportsSent()).isPositive();
        JsonObject theirStream = theirs.get("outbound-rtp", kind);
        assertThat(told.packetsSent()).isPositive().isLessThanOrEqualTo(number(theirStream, "packetsSent"));
        assertThat(told.bytesSent()).isPositive().isLessThanOrEqualTo(number(theirStream, "bytesSent"));
        assertThat(told.remoteTimestamp()).isCloseTo(told.timestamp(), within(PLAUSIBLE_SECONDS * 1_000));
        JsonObject theyWereTold = theirs.get("remote-outbound-rtp", kind);
        assertThat(number(theyWereTold, "packetsSent")).isPositive().isLessThanOrEqualTo(sent.packetsSent());
        assertThat(number(theyWereTold, "bytesSent")).isPositive().isLessThanOrEqualTo(sent.bytesSent());
        assertThat(theyWereTold.get("remoteTimestamp").getAsDouble())
                .isCloseTo(theyWereTold.get("timestamp").getAsDouble(), within(PLAUSIBLE_SECONDS * 1_000));
    }

    // --- below the streams

    private void compareTransports(RTCStatsReport ours, PageReport theirs) throws Exception {
        RTCTransportStats transport =
                ours.all(RTCTransportStats.class).findFirst().orElseThrow();
        JsonObject other = theirs.get("transport", null);
        assertThat(transport.dtlsState().wireName())
                .isEqualTo(other.get("dtlsState").getAsString());
        assertThat(transport.tlsVersion()).isEqualTo(other.get("tlsVersion").getAsString());
        assertThat(transport.dtlsCipher()).isEqualTo(other.get("dtlsCipher").getAsString());
        assertThat(transport.srtpCipher()).isEqualTo(other.get("srtpCipher").getAsString());
        assertThat(Set.of(transport.dtlsRole().wireName(), other.get("dtlsRole").getAsString()))
                .containsExactlyInAnyOrder("client", "server");
        assertThat(Set.of(transport.iceRole().wireName(), other.get("iceRole").getAsString()))
                .containsExactlyInAnyOrder("controlling", "controlled");
        // Chromium keeps the certificates of its first report, made before it had seen ours.
        assertThat(get(ours, transport.localCertificateId(), RTCCertificateStats.class)
                        .base64Certificate())
                .isEqualTo(page.call("""
                        const [seen] = pc.getSenders()[0].transport.getRemoteCertificates();
                        return btoa(String.fromCharCode(...new Uint8Array(seen)));
                        """).getAsString());
        assertThat(fingerprint(ours, transport.remoteCertificateId()))
                .isEqualTo(theirs.get(other, "localCertificateId")
                        .get("fingerprint")
                        .getAsString());

        RTCIceCandidatePairStats pair = get(ours, transport.selectedCandidatePairId(), RTCIceCandidatePairStats.class);
        JsonObject otherPair = theirs.get(other, "selectedCandidatePairId");
        assertThat(pair.state()).isEqualTo(RTCStatsIceCandidatePairState.SUCCEEDED);
        assertThat(pair.nominated()).isTrue();
        assertThat(pair.currentRoundTripTime()).isBetween(0.0, PLAUSIBLE_SECONDS);
        assertThat(pair.responsesReceived()).isPositive();
        // With several good pairs each side may send on another one.
        assertThat(theirs.candidatePorts("local-candidate")).contains(port(ours, pair.remoteCandidateId()));
        assertThat(theirs.candidatePorts("remote-candidate")).contains(port(ours, pair.localCandidateId()));
        assertThat(otherPair.get("state").getAsString()).isEqualTo("succeeded");
        assertThat(otherPair.get("nominated").getAsString()).isEqualTo("true");
        // Reports go on while the two are asked.
        assertThat((double) transport.bytesSent())
                .isCloseTo(other.get("bytesReceived").getAsDouble(), withinPercentage(5));
        assertThat((double) transport.bytesReceived())
                .isCloseTo(other.get("bytesSent").getAsDouble(), withinPercentage(5));
    }

    private static String fingerprint(RTCStatsReport report, @Nullable String id) {
        return get(report, id, RTCCertificateStats.class).fingerprint();
    }

    private static int port(RTCStatsReport report, String id) {
        return get(report, id, RTCIceCandidateStats.class).port();
    }

    // --- members

    private static void assertMandatoryMembers(RTCStats object) {
        List<String> mandatory = MANDATORY.getOrDefault(object.type().wireName(), List.of());
        List<String> present = Stream.of(object.getClass().getRecordComponents())
                .filter(each -> value(each, object) != null)
                .map(RecordComponent::getName)
                .toList();
        assertThat(present).as("%s", object).containsAll(mandatory);
    }

    private static @Nullable Object value(RecordComponent component, RTCStats object) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }
}
