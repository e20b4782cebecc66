package org.webrtc4j.rtp;

import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.extension.TransportSequence;
import org.webrtc4j.rtp.receive.ArrivalRecord;
import org.webrtc4j.rtp.receive.CongestionRecord;

/**
 * Notes when packets arrived and tells their sender: those with the transport's number whatever stream they are of, and, where
 * that is negotiated, all packets of the streams that are received (RFC 8888).
 */
final class ArrivalFeedback {

    private final ArrivalRecord arrivals = new ArrivalRecord();
    private final CongestionRecord byStream = new CongestionRecord();
    private boolean toldByStream;
    private int id;
    private int mediaSsrc;

    void apply(HeaderExtensionMap map) {
        id = map.id(HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER);
        if (id == 0) {
            id = map.id(HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER_02);
        }
    }

    void onPacket(RtpPacket packet) {
        if (packet.extensionLength(id) >= TransportSequence.SIZE) {
            int number = TransportSequence.number(packet.array(), packet.extensionOffset(id));
            arrivals.onPacket(number, packet.arrivalNanos(), packet.size());
        }
    }

    /** Whether packets are told of stream by stream. */
    void tellByStream(boolean told) {
        toldByStream = told;
    }

    /** Feedback on the transport's numbers names a stream that is received; any will do. */
    void onStream(RtpPacket packet) {
        mediaSsrc = packet.ssrc();
        if (toldByStream) {
            byStream.onPacket(packet.ssrc(), packet.sequenceNumber(), packet.arrivalNanos(), packet.size());
        }
    }

    void write(FeedbackWriter feedback, long nowNanos) {
        if (arrivals.isDue(nowNanos)) {
            feedback.transportFeedback(arrivals, mediaSsrc, nowNanos);
        }
        if (byStream.isDue(nowNanos)) {
            feedback.congestionFeedback(byStream, nowNanos);
        }
    }

    long nextTimeout() {
        return Deadlines.earlier(arrivals.nextTimeout(), byStream.nextTimeout());
    }
}
