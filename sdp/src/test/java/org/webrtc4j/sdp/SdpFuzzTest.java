package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/**
 * Any text: only {@link SdpException} leaves, what is accepted is written and read as the same, and reading allocates at
 * most 64 bytes for each character and 4 KiB.
 */
class SdpFuzzTest {

    private static final int BYTES_PER_CHARACTER = 64;
    private static final int BYTES_IN_ALL = 4096;

    /**
     * While it fuzzes, Jazzer watches comparisons of strings by hooks that allocate themselves. Allocation is measured where
     * they are absent: when inputs are replayed, and when fuzzing with -Djazzer.trace=cov.
     */
    private static final boolean MEASURED = System.getenv("JAZZER_FUZZ") == null
            || System.getProperty("jazzer.trace", "").equals("cov");

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
        assertThatAllocationIsBounded(text, SdpFuzzTest::parse);
        SessionDescription description = parse(text);
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
        assertThatAllocationIsBounded(text, SdpFuzzTest::parseCandidate);
        Candidate candidate = parseCandidate(text);
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

    private static void assertThatAllocationIsBounded(String text, Consumer<String> parser) {
        if (!MEASURED) {
            return;
        }
        long bound = (long) BYTES_PER_CHARACTER * text.length() + BYTES_IN_ALL;
        long allocated = allocated(text, parser);
        if (allocated > bound) { // what is met for the first time may cost once: measured again
            allocated = allocated(text, parser);
        }
        assertThat(allocated).as("bytes allocated").isLessThanOrEqualTo(bound);
    }

    private static long allocated(String text, Consumer<String> parser) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        parser.accept(text);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
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
