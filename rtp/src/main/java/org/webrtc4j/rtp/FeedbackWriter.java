package org.webrtc4j.rtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.rtp.receive.ArrivalRecord;
import org.webrtc4j.rtp.receive.CongestionRecord;
import org.webrtc4j.rtp.receive.NackGenerator;
import org.webrtc4j.rtp.receive.ReceiveStatistics;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.RtcpWriter;
import org.webrtc4j.rtp.rtcp.SourceDescriptionReader;
import org.webrtc4j.rtp.rtcp.TransportFeedbackBuilder;
import org.webrtc4j.rtp.wire.NtpTime;

/**
 * Puts what a session has to say into datagrams: requests and feedback, and reports with their description. Without reduced
 * size each begins with a report (RFC 3550 section 6.1, RFC 5506).
 */
final class FeedbackWriter implements NackGenerator.Requests {

    /** Reference times of others that are answered; of more the oldest are not. */
    static final int MAX_REFERENCES = 8;

    /** RTCP's header and two SSRCs before what transport feedback says, and its padding. */
    private static final int FEEDBACK_OVERHEAD = 16;

    /** RFC 8888 section 3.1: arrival times are in units of 1/1024 seconds. */
    private static final int OFFSETS_PER_SECOND = 1024;

    private static final long NANOS = 1_000_000_000L;

    private final RtpSession session;
    private final RtcpWriter writer;
    private final byte[] cname;
    private final int descriptionSize;
    private final TransportFeedbackBuilder transportFeedback;

    private int mediaSsrc;
    private int requests;
    private boolean nackOpen;

    private final int[] referenceSsrcs = new int[MAX_REFERENCES];
    private final int[] references = new int[MAX_REFERENCES];
    private final long[] referenceNanos = new long[MAX_REFERENCES];
    private int referenceCount;

    FeedbackWriter(RtpSession session, RtpSessionOptions options) {
        this.session = session;
        writer = new RtcpWriter(options.maxRtcpSize());
        cname = options.cname().getBytes(StandardCharsets.UTF_8);
        descriptionSize = 8 + (2 + cname.length + 4) / 4 * 4;
        transportFeedback =
                new TransportFeedbackBuilder(options.maxRtcpSize() - descriptionSize - 8 - FEEDBACK_OVERHEAD);
    }

    /** Begins a datagram of feedback where it must not stand alone. */
    private void begin() {
        if (writer.size() == 0 && !session.reducedSize()) {
            writer.receiverReport(session.localSsrc());
            describe(session.localSsrc());
        }
    }

    private void describe(int ssrc) {
        writer.sourceDescription(ssrc, SourceDescriptionReader.CNAME, cname);
    }

    void flush() {
        if (writer.size() > 0) {
            session.transmitRtcp(writer.packet());
            writer.clear();
        }
    }

    /** Writes requests for lost packets; returns for how many. */
    int nacks(NackGenerator generator, int ssrc, long roundTripNanos, long nowNanos) {
        mediaSsrc = ssrc;
        requests = 0;
        nackOpen = false;
        generator.collect(roundTripNanos, nowNanos, this);
        return requests;
    }

    @Override
    public void request(long sequence) {
        requests++;
        if (nackOpen && writer.nackNext((int) sequence & 0xffff)) {
            return;
        }
        if (nackOpen) {
            flush();
        }
        begin();
        nackOpen = writer.nack(session.localSsrc(), mediaSsrc, (int) sequence & 0xffff);
        if (!nackOpen) {
            flush();
            begin();
            nackOpen = writer.nack(session.localSsrc(), mediaSsrc, (int) sequence & 0xffff);
        }
    }

    void pictureLoss(int ssrc) {
        begin();
        if (!writer.pictureLoss(session.localSsrc(), ssrc)) {
            flush();
            begin();
            writer.pictureLoss(session.localSsrc(), ssrc);
        }
    }

    void fullIntraRequest(int ssrc, int number) {
        begin();
        if (!writer.fullIntraRequest(session.localSsrc(), ssrc, number)) {
            flush();
            begin();
            writer.fullIntraRequest(session.localSsrc(), ssrc, number);
        }
    }

    void transportFeedback(ArrivalRecord arrivals, int ssrc, long nowNanos) {
        while (arrivals.fill(transportFeedback, nowNanos)) {
            begin();
            if (!writer.transportFeedback(session.localSsrc(), ssrc, transportFeedback)) {
                flush();
                begin();
                writer.transportFeedback(session.localSsrc(), ssrc, transportFeedback);
            }
        }
    }

    /** Tells of arrivals stream by stream (RFC 8888 section 3.1), in as many datagrams as it takes. */
    void congestionFeedback(CongestionRecord record, long nowNanos) {
        int timestamp = NtpTime.middle(NtpTime.ofEpochMicros(session.epochMicros(nowNanos)));
        flush();
        for (int i = 0; i < record.streamCount(); i++) {
            long number = record.first(i);
            long last = record.last(i);
            while (number <= last) {
                if (writer.size() == 0) {
                    begin();
                    writer.congestionFeedback(session.localSsrc(), timestamp);
                }
                if (writer.congestionStream(record.ssrc(i), (int) number)) {
                    number = congestionReports(record, i, number, nowNanos);
                }
                if (number <= last) {
                    flush();
                }
            }
        }
        record.told(nowNanos);
        flush();
    }

    /** Writes reports as far as they fit; returns the first that did not. */
    private long congestionReports(CongestionRecord record, int stream, long first, long nowNanos) {
        long number = first;
        boolean fits = true;
        while (fits && number <= record.last(stream)) {
            boolean came = record.has(stream, number);
            long ago = came ? nowNanos - record.arrivalNanos(stream, number) : 0;
            int offset = (int) Math.min(CongestionFeedbackReader.OFFSET_TOO_LARGE, ago * OFFSETS_PER_SECOND / NANOS);
            fits = writer.congestionReport(came, 0, offset);
            number += fits ? 1 : 0;
        }
        return number;
    }

    /** Notes the reference time of another, to be answered with the next report. */
    void onReferenceTime(int ssrc, long ntp, long nowNanos) {
        int index = 0;
        while (index < referenceCount && referenceSsrcs[index] != ssrc) {
            index++;
        }
        if (index == MAX_REFERENCES) {
            return;
        }
        referenceCount = Math.max(referenceCount, index + 1);
        referenceSsrcs[index] = ssrc;
        references[index] = NtpTime.middle(ntp);
        referenceNanos[index] = nowNanos;
    }

    /** Writes the reports of the session: of each stream sent, about each stream heard. */
    void reports(List<SendStream> sent, List<ReceiveStream> received, long nowNanos) {
        flush();
        long ntp = NtpTime.ofEpochMicros(session.epochMicros(nowNanos));
        boolean sending = false;
        for (int i = 0; i < sent.size(); i++) {
            SendStream stream = sent.get(i);
            if (stream.isActive(nowNanos)) {
                // One datagram each, but the last, which has the blocks.
                endReport();
                sending = true;
                stream.report(writer, ntp, nowNanos);
                reporter = stream.wireSsrc();
            }
        }
        if (!sending) {
            reporter = session.localSsrc();
            writer.receiverReport(reporter);
        }
        for (int i = 0; i < received.size(); i++) {
            ReceiveStream stream = received.get(i);
            block(stream.statistics(), stream.wireSsrc(), nowNanos);
            block(stream.rtxStatistics(), (int) stream.rtxSsrc(), nowNanos);
        }
        if (!sending && session.options().referenceTimes() && !received.isEmpty()) {
            reserve(20);
            writer.referenceTime(reporter, ntp);
        }
        for (int i = 0; i < referenceCount; i++) {
            reserve(24);
            writer.delaySinceReferenceTime(
                    reporter, referenceSsrcs[i], references[i], NtpTime.ofNanos(nowNanos - referenceNanos[i]));
        }
        referenceCount = 0;
        endReport();
    }

    private int reporter;

    private void block(ReceiveStatistics statistics, int ssrc, long nowNanos) {
        if (!statistics.isHeard()) {
            return;
        }
        if (writer.remaining() - descriptionSize < 24 || !statistics.report(writer, ssrc, nowNanos)) {
            endReport();
            writer.receiverReport(reporter);
            statistics.report(writer, ssrc, nowNanos);
        }
    }

    /** Makes room for what follows the blocks. */
    private void reserve(int size) {
        if (writer.remaining() - descriptionSize < size) {
            endReport();
            writer.receiverReport(reporter);
        }
    }

    private void endReport() {
        if (writer.size() > 0) {
            describe(reporter);
            flush();
        }
    }

    /** Says that streams end (RFC 3550 section 6.6). */
    void byes(List<SendStream> ended) {
        if (ended.isEmpty()) {
            return;
        }
        flush();
        List<SendStream> left = new ArrayList<>(ended);
        while (!left.isEmpty()) {
            SendStream first = left.remove(0);
            writer.receiverReport(first.wireSsrc());
            describe(first.wireSsrc());
            writer.bye(first.wireSsrc());
            flush();
        }
    }
}
