package org.webrtc4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCIceCandidate;
import org.webrtc4j.RTCIceCandidateInit;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpCapabilities;
import org.webrtc4j.RTCRtpCodec;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpTransceiver;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.samples.SignalingJson;
import org.webrtc4j.testkit.UdpImpairmentRelay;

/**
 * A call with media between this process and {@code globalThis.pc} of the page, negotiated again as often as a test wants,
 * straight or through a relay.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a candidate that is refused shows as a connection that fails
final class MediaCall implements AutoCloseable {

    /** The machine may be busy with a dozen encoders. */
    static final int SECONDS = 30;

    private static final int ADDRESS = 4;
    private static final int PORT = 5;

    final RTCPeerConnection pc;
    final PageServer page;
    private final @Nullable UdpImpairmentRelay relay;
    private final ArrayDeque<RTCIceCandidateInit> early = new ArrayDeque<>();
    private boolean described;

    MediaCall(PageServer page, WebRtcRuntime runtime, @Nullable UdpImpairmentRelay relay) throws Exception {
        this.page = page;
        this.relay = relay;
        pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "media call");
        page.listen(this::fromPage);
        page.call("""
                globalThis.pc = new RTCPeerConnection();
                media.play(pc);
                pc.onicecandidate = ({ candidate }) => emit({ candidate: candidate?.toJSON() ?? { candidate: "" } });
                globalThis.addCandidate = async (candidate) => {
                  while (!pc.remoteDescription) {
                    await new Promise((resolve) => pc.addEventListener("signalingstatechange", resolve, { once: true }));
                  }
                  await pc.addIceCandidate(candidate);
                };
                """);
        pc.onIceCandidate(event -> {
            RTCIceCandidate candidate = event.candidate();
            if (candidate != null) {
                JsonObject json = SignalingJson.candidate(candidate);
                present(json, UdpImpairmentRelay.Side.A);
                page.tell("await addCandidate(args[0])", json);
            }
        });
    }

    // --- candidates, which travel beside the descriptions and may overtake them

    private synchronized void fromPage(JsonObject event) {
        JsonObject json = event.getAsJsonObject("candidate");
        present(json, UdpImpairmentRelay.Side.B);
        if (described) {
            pc.addIceCandidate(SignalingJson.candidate(json));
        } else {
            early.add(SignalingJson.candidate(json));
        }
    }

    synchronized void described() {
        described = true;
        for (RTCIceCandidateInit each = early.poll(); each != null; each = early.poll()) {
            pc.addIceCandidate(each);
        }
    }

    /** Puts the relay's address in the place of the candidate's. */
    private void present(JsonObject json, UdpImpairmentRelay.Side side) {
        String text = SignalingJson.text(json, "candidate");
        if (relay == null || text.isEmpty()) {
            return;
        }
        String[] words = text.split(" ", -1);
        InetSocketAddress shown =
                relay.present(side, new InetSocketAddress(words[ADDRESS], Integer.parseInt(words[PORT])));
        words[ADDRESS] = shown.getAddress().getHostAddress();
        words[PORT] = Integer.toString(shown.getPort());
        json.addProperty("candidate", String.join(" ", words));
    }

    // --- descriptions

    void pageOffers() throws Exception {
        takeOffer(page.call("await pc.setLocalDescription(); return pc.localDescription.toJSON()")
                .getAsJsonObject());
    }

    void takeOffer(JsonObject offer) throws Exception {
        pc.setRemoteDescription(taken(RTCSdpType.OFFER, offer)).get(SECONDS, TimeUnit.SECONDS);
        described();
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        page.call("await pc.setRemoteDescription(args[0])", local());
    }

    void javaOffers() throws Exception {
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS);
        JsonObject answer = page.call("""
                await pc.setRemoteDescription(args[0]);
                await pc.setLocalDescription();
                return pc.localDescription.toJSON()
                """, local()).getAsJsonObject();
        takeAnswer(answer);
    }

    void takeAnswer(JsonObject answer) throws Exception {
        pc.setRemoteDescription(taken(RTCSdpType.ANSWER, answer)).get(SECONDS, TimeUnit.SECONDS);
        described();
    }

    void negotiate(boolean javaOffers) throws Exception {
        if (javaOffers) {
            javaOffers();
        } else {
            pageOffers();
        }
    }

    private RTCSessionDescriptionInit taken(RTCSdpType type, JsonObject json) {
        json.addProperty("sdp", withoutCandidates(json.get("sdp").getAsString()));
        return SignalingJson.description(type, json);
    }

    JsonObject local() {
        RTCSessionDescription description = pc.localDescription();
        if (description == null) {
            throw new AssertionError("no local description");
        }
        JsonObject json = SignalingJson.description(description);
        json.addProperty("sdp", withoutCandidates(description.sdp()));
        return json;
    }

    /** Candidates in descriptions would lead past the relay. */
    private String withoutCandidates(String sdp) {
        return relay == null
                ? sdp
                : String.join(
                                "\r\n",
                                sdp.lines()
                                        .filter(line ->
                                                !line.startsWith("a=candidate:") && !line.equals("a=end-of-candidates"))
                                        .toList())
                        + "\r\n";
    }

    // --- what the page says

    /** Waits until the page's statistics satisfy a condition on {@code n}. */
    MediaNumbers until(String condition, int seconds) throws Exception {
        return new MediaNumbers(page.call("return await media.until((n) => " + condition + ", " + seconds + ")")
                .getAsJsonObject());
    }

    MediaNumbers numbers() throws Exception {
        return new MediaNumbers(page.call("return await media.numbers(pc)").getAsJsonObject());
    }

    /** Waits until every section that Chromium receives has gone on: pictures decoded, sound heard. */
    void assertMoves() throws Exception {
        assertMoves(page);
    }

    static void assertMoves(PageServer page) throws Exception {
        JsonObject stuck = page.call("""
                const mids = pc.getTransceivers().filter((each) => ["sendrecv", "recvonly"].includes(each.currentDirection))
                    .map(({ mid }) => mid);
                const moves = await Promise.all(mids.map((mid) => media.moves(mid, args[0])));
                return { count: mids.length, stuck: moves.filter(({ moved }) => !moved) };
                """, SECONDS).getAsJsonObject();
        assertThat(stuck.get("count").getAsInt()).as("sections received").isPositive();
        assertThat(stuck.getAsJsonArray("stuck"))
                .as("sections that stand still")
                .isEmpty();
    }

    List<String> pageDirections() throws Exception {
        return List.of(new Gson()
                .fromJson(
                        page.call("return pc.getTransceivers().map((each) => each.currentDirection)"), String[].class));
    }

    /** Sends every track back as it comes. */
    void echo() {
        pc.onTrack(event -> {
            event.transceiver().direction(org.webrtc4j.RTCRtpTransceiverDirection.SENDRECV);
            event.transceiver().sender().replaceTrack(event.track());
        });
    }

    /** Connects: the page sends its camera and microphone, and gets them back, whoever offers. */
    void connectEcho(boolean javaOffers, @Nullable String codec) throws Exception {
        echo();
        if (javaOffers) {
            for (String kind : new String[] {"audio", "video"}) {
                RTCRtpTransceiver each = pc.addTransceiver(kind);
                each.sender().replaceTrack(each.receiver().track()).get(SECONDS, TimeUnit.SECONDS);
                if (kind.equals("video") && codec != null) {
                    each.setCodecPreferences(preferred(codec));
                }
            }
        }
        // Chromium sends what an offer names first, even where its own answer leaves that out: the offerer has to
        // choose.
        page.call("media.send(pc, args[0])", javaOffers ? null : codec);
        negotiate(javaOffers);
        assertThat(pageDirections()).startsWith("sendrecv", "sendrecv");
    }

    private static List<RTCRtpCodec> preferred(String codec) {
        RTCRtpCapabilities all = RTCRtpReceiver.getCapabilities("video");
        return all == null
                ? List.of()
                : all.codecs().stream()
                        .filter(each -> each.mimeType().equals("video/rtx") || isPreferred(each, codec))
                        .toList();
    }

    private static boolean isPreferred(RTCRtpCodec each, String codec) {
        String parameters = each.sdpFmtpLine() == null ? "" : each.sdpFmtpLine();
        return each.mimeType().equals("video/" + codec)
                && switch (codec) {
                    case "H264" -> parameters.contains("packetization-mode=1") && parameters.contains("42e01f");
                    case "VP9" -> parameters.contains("profile-id=0");
                    default -> true;
                };
    }

    /** What an encoded frame is, as the page or this process saw it. */
    record Frame(String type, int size, String head, String hash) {}

    /** The encoded frames that the page saw under a name. */
    List<Frame> frames(String name) throws Exception {
        return List.of(new Gson().fromJson(page.call("return media.hashes[args[0]]", name), Frame[].class));
    }

    @Override
    public void close() {
        page.listen(event -> {});
        pc.close();
        page.tell("pc.close()");
    }
}
