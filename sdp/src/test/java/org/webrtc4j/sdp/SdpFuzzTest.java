package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any text: only {@link SdpException} leaves, what is accepted is written and read as the same, and reading allocates at
 * most 64 bytes for each character and 4 KiB.
 */
class SdpFuzzTest {

    private static final int BYTES_PER_CHARACTER = 64;
    private static final int BYTES_IN_ALL = 4096;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Lambdas, string concatenation and classes cost once; they are no cost of an input. */
    @BeforeAll
    static void warmUp() {
        Recorded.descriptions().map(Recorded::text).forEach(SdpFuzzTest::parse);
        Recorded.candidates().forEach(SdpFuzzTest::parseCandidate);
        for (long seed = 0; seed < 100; seed++) {
            parse(new RandomDescriptions(seed).next().write());
        }
        parse("a=");
        parse("v=0\r\no=?");
        parseCandidate("candidate:x");
    }

    @FuzzTest
    void descriptionText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        SessionDescription description = parse(text);
        long first = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (first > bound(text)) { // something was met for the first time, perhaps
            before = THREADS.getCurrentThreadAllocatedBytes();
            description = parse(text);
            first = THREADS.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(first).as("bytes allocated").isLessThanOrEqualTo(bound(text));
        if (description != null) {
            String written = description.write();
            SessionDescription again = SessionDescription.parse(written, SdpLimits.DEFAULT.withMaxLength(1 << 22));
            assertThat(again).isEqualTo(description);
            assertThat(again.write()).isEqualTo(written);
            useLookups(description);
        }
    }

    @FuzzTest
    void candidateText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Candidate candidate = parseCandidate(text);
        long first = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (first > bound(text)) {
            before = THREADS.getCurrentThreadAllocatedBytes();
            candidate = parseCandidate(text);
            first = THREADS.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(first).as("bytes allocated").isLessThanOrEqualTo(bound(text));
        if (candidate != null) {
            assertThat(Candidate.parse(candidate.text())).isEqualTo(candidate);
            assertThat(candidate.generation()).isNotNull();
            assertThat(candidate.networkCost()).isNotNull();
        }
    }

    private static void useLookups(SessionDescription description) {
        for (MediaDescription section : description.media()) {
            assertThat(section.rtpFormats()).hasSizeLessThanOrEqualTo(128);
            assertThat(description.direction(section)).isNotNull();
            description.iceUfrag(section);
            description.fingerprints(section).forEach(Fingerprint::digest);
            description.hasIceOption(section, "trickle");
            section.sctpInit().ifPresent(SctpInit::chunk);
            section.attributes().all(Fmtp.class).forEach(Fmtp::asMap);
            assertThat(section.rejection().isRejected()).isTrue();
        }
    }

    private static long bound(String text) {
        return (long) BYTES_PER_CHARACTER * text.length() + BYTES_IN_ALL;
    }

    private static @Nullable SessionDescription parse(String text) {
        try {
            return SessionDescription.parse(text);
        } catch (SdpException refused) {
            return null;
        }
    }

    private static @Nullable Candidate parseCandidate(String text) {
        try {
            return Candidate.parse(text);
        } catch (SdpException refused) {
            return null;
        }
    }
}
