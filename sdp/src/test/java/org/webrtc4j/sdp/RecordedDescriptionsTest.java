package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedDescriptionsTest {

    @Test
    void allRecordingsAreThere() {
        assertThat(Recorded.descriptions()).hasSize(216);
        assertThat(Recorded.candidates()).hasSize(462);
    }

    @ParameterizedTest
    @MethodSource("org.webrtc4j.sdp.Recorded#descriptions")
    void aDescriptionIsWrittenWithTheSameLinesInTheSameOrder(String file) {
        SessionDescription description = SessionDescription.parse(Recorded.text(file));

        assertThat(description.write().lines().toList()).isEqualTo(Recorded.lines(file));
        assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
    }

    @ParameterizedTest
    @MethodSource("org.webrtc4j.sdp.Recorded#descriptions")
    void everyAttributeOfTheseStacksIsKnown(String file) {
        SessionDescription description = SessionDescription.parse(Recorded.text(file));

        List<Attribute> unknown = new ArrayList<>(description.attributes().all(UnknownAttribute.class));
        description
                .media()
                .forEach(section -> unknown.addAll(section.attributes().all(UnknownAttribute.class)));
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.webrtc4j.sdp.Recorded#descriptions")
    void everySectionInUseHasWhatATransportNeeds(String file) {
        SessionDescription description = SessionDescription.parse(Recorded.text(file));

        for (MediaDescription section : description.media()) {
            if (!section.isRejected()) {
                assertThat(section.mid()).isPresent();
                assertThat(description.mediaByMid(section.mid().orElseThrow())).contains(section);
                assertThat(description.iceUfrag(section)).isPresent();
                assertThat(description.icePwd(section)).isPresent();
                assertThat(description.fingerprints(section)).isNotEmpty().allMatch(Fingerprint::isKnownHash);
                assertThat(description.setup(section)).isPresent();
                assertThat(section.isRtp()).isNotEqualTo(section.isDataChannel());
                assertThat(section.sctpPort().isPresent()).isEqualTo(section.isDataChannel());
                assertThat(section.rtpFormats()).hasSameSizeAs(section.payloadTypes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.webrtc4j.sdp.Recorded#candidates")
    void aCandidateIsWrittenAsItWasSignalled(String line) {
        Candidate candidate = Candidate.parse(line);

        assertThat(candidate.text()).isEqualTo(line.startsWith("a=") ? line.substring(2) : line);
        assertThat(Candidate.parse(candidate.text())).isEqualTo(candidate);
    }
}
