package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.receive.CongestionRecord;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.RtcpKind;
import org.webrtc4j.rtp.rtcp.RtcpReader;

/** What a receiver tells of arrivals, stream by stream (RFC 8888). */
class CongestionFeedbackTest {

    private final Endpoint end = new Endpoint();

    @BeforeEach
    void negotiate() {
        end.session.setCongestionFeedback(true);
        end.receive("v", List.of(PayloadFormat.plain(96, 90_000)), new SignalledSsrc(9, -1, null));
        end.receive("a", List.of(PayloadFormat.plain(97, 48_000)), new SignalledSsrc(10, -1, null));
    }

    /** Each report as {@code ssrc:sequence}, with its offset, or a minus where the packet did not come. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (byte[] datagram : end.rtcp) {
            RtcpReader reader = new RtcpReader().reset(datagram, 0, datagram.length);
            while (reader.next()) {
                assertThat(reader.problem()).isNull();
                if (reader.kind() == RtcpKind.CONGESTION_FEEDBACK) {
                    CongestionFeedbackReader cursor = new CongestionFeedbackReader().reset(reader);
                    while (cursor.nextStream()) {
                        while (cursor.next()) {
                            String what = cursor.received() ? Integer.toString(cursor.arrivalOffset()) : "-";
                            told.add(cursor.ssrc() + ":" + cursor.sequenceNumber() + " " + what);
                        }
                    }
                    assertThat(cursor.failed()).isFalse();
                }
            }
        }
        end.rtcp.clear();
        return told;
    }

    @Test
    void eachStreamIsToldOfFromItsFirstPacketToItsLastWithThoseMissing() {
        end.take(Packets.rtp(96, 65_534, 0, 9, 1_000));
        end.take(Packets.rtp(97, 5, 0, 10, 100));
        end.now += 125 * Endpoint.MILLI;
        end.take(Packets.rtp(96, 0, 0, 9, 1_000));
        end.pass(125 * Endpoint.MILLI);
        assertThat(told()).containsExactly("9:65534 128", "9:65535 -", "9:0 0", "10:5 128");
        end.pass(500 * Endpoint.MILLI);
        assertThat(told()).as("nothing came").isEmpty();
    }

    @Test
    void aPacketThatComesLateIsToldOfWithThoseAfterIt() {
        for (int each : new int[] {1, 2, 4}) {
            end.take(Packets.rtp(96, each, 0, 9, 1_000));
        }
        end.pass(250 * Endpoint.MILLI);
        assertThat(told()).containsExactly("9:1 68", "9:2 68", "9:3 -", "9:4 68");
        end.take(Packets.rtp(96, 3, 0, 9, 1_000));
        end.pass(250 * Endpoint.MILLI);
        assertThat(told()).hasSize(2).element(0).asString().startsWith("9:3 ");
    }

    @Test
    void whatDoesNotFitIntoOneDatagramTakesMore() {
        int count = 0;
        for (int i = 0; i < 1_500; i += 3) {
            end.take(Packets.rtp(96, i, 0, 9, 1_000));
            count += 3;
        }
        end.pass(250 * Endpoint.MILLI);
        assertThat(end.rtcp).hasSizeGreaterThan(1).allMatch(each -> each.length <= 1_200);
        // The record has forgotten the first ones.
        assertThat(told()).hasSize(CongestionRecord.SIZE).last().asString().startsWith("9:" + (count - 3) + " ");
    }

    @Test
    void itComesTwentyTimesASecondAtMostAndTakesATwentiethOfWhatIsReceived() {
        int feedbacks = 0;
        for (int i = 0; i < 1_000; i++) {
            end.take(Packets.rtp(96, i, 0, 9, 1_000));
            end.pass(10 * Endpoint.MILLI);
            feedbacks += told().isEmpty() ? 0 : 1;
        }
        assertThat(feedbacks).isBetween(130, 200);
    }

    @Test
    void withoutBeingNegotiatedNothingIsTold() {
        end.session.setCongestionFeedback(false);
        end.take(Packets.rtp(96, 1, 0, 9, 1_000));
        end.pass(250 * Endpoint.MILLI);
        assertThat(told()).isEmpty();
    }
}
