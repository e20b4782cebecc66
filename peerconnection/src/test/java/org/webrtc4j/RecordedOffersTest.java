package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;

/** Offers recorded from browsers and other stacks are answered: data and media taken, never an exception. */
class RecordedOffersTest {

    private static final Path RECORDED = Path.of("..", "sdp", "src", "test", "resources", "recorded");

    static Stream<Path> offers() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            List<Path> offers = files.filter(file -> file.toString().endsWith("-offer.sdp"))
                    .sorted()
                    .toList();
            assertThat(offers).hasSizeGreaterThan(20);
            return offers.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("offers")
    void whatBothSidesHaveIsTakenWithTheOfferersPayloadTypesAndIdentifiers(Path file) throws Exception {
        String offer = Files.readString(file);
        try (WebRtcRuntime runtime = WebRtcRuntime.builder()
                .loops(1)
                .iceAgents(new InMemoryIceAgents(new SecureRandom()))
                .build()) {
            RTCPeerConnection connection = runtime.createPeerConnection(RTCConfiguration.defaults());
            connection
                    .setRemoteDescription(RTCSessionDescriptionInit.offer(offer))
                    .get(20, TimeUnit.SECONDS);
            RTCSessionDescriptionInit made = connection.createAnswer().get(20, TimeUnit.SECONDS);
            connection.setLocalDescription(made).get(20, TimeUnit.SECONDS);

            SessionDescription theirs = SessionDescription.parse(offer);
            SessionDescription ours = SessionDescription.parse(made.sdp());
            assertThat(connection.signalingState()).isEqualTo(RTCSignalingState.STABLE);
            assertThat(ours.media()).hasSameSizeAs(theirs.media());
            for (int i = 0; i < ours.media().size(); i++) {
                MediaDescription offered = theirs.media().get(i);
                MediaDescription answered = ours.media().get(i);
                assertThat(answered.media()).isEqualTo(offered.media());
                assertThat(answered.protocol()).isEqualTo(offered.protocol());
                assertThat(answered.mid()).isEqualTo(offered.mid());
                assertThat(answered.isRejected()).as("section %s", i).isEqualTo(offered.isRejected());
                if (answered.isRtp() && !answered.isRejected()) {
                    assertAnswered(theirs, offered, ours, answered);
                }
            }
        }
    }

    private static void assertAnswered(
            SessionDescription theirs, MediaDescription offered, SessionDescription ours, MediaDescription answered) {
        assertThat(offered.payloadTypes()).containsAll(answered.payloadTypes());
        for (RtpFormat format : answered.rtpFormats()) {
            assertThat(offered.rtpFormats())
                    .anyMatch(each -> each.payloadType() == format.payloadType()
                            && each.rtpmap()
                                    .encoding()
                                    .equalsIgnoreCase(format.rtpmap().encoding())
                            && each.associatedPayloadType() == format.associatedPayloadType());
        }
        for (Extmap extension : ours.extmaps(answered)) {
            assertThat(theirs.extmaps(offered))
                    .anyMatch(each -> each.id() == extension.id() && each.uri().equals(extension.uri()));
        }
        // Nothing is sent that nobody has added: what the offerer sends is received.
        assertThat(ours.direction(answered).sends()).isFalse();
        assertThat(ours.direction(answered).receives())
                .isEqualTo(theirs.direction(offered).sends());
        assertThat(answered.attributes().contains(Flag.RTCP_MUX)).isTrue();
        assertThat(answered.attributes().contains(Flag.RTCP_MUX_ONLY)).isFalse();
    }
}
