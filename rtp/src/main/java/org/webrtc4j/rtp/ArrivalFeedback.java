package org.webrtc4j.rtp;

import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.extension.TransportSequence;
import org.webrtc4j.rtp.receive.ArrivalRecord;

/** Notes when packets with the transport's number arrived, whatever stream they are of, and tells their sender. */
final class ArrivalFeedback {

    private final ArrivalRecord arrivals = new ArrivalRecord();
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

    /** Feedback names a stream that is received; any will do. */
    void onStream(int ssrc) {
        mediaSsrc = ssrc;
    }

    void write(FeedbackWriter feedback, long nowNanos) {
        if (arrivals.isDue(nowNanos)) {
            feedback.transportFeedback(arrivals, mediaSsrc, nowNanos);
        }
    }

    long nextTimeout() {
        return arrivals.nextTimeout();
    }
}
