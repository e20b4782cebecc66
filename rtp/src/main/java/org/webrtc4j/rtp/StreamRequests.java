package org.webrtc4j.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.receive.NackGenerator;

/** What is asked of the sender of a received stream: packets that are missing, and key frames. */
final class StreamRequests {

    private final RtpSession session;
    private final int ssrc;
    private final KeyFrameRequests keyFrames;
    private @Nullable NackGenerator nacks;
    private int firSequence;
    private long nackCount;
    private long nackPackets;
    private long pliCount;
    private long firCount;

    StreamRequests(RtpSession session, int ssrc) {
        this.session = session;
        this.ssrc = ssrc;
        keyFrames = new KeyFrameRequests(session.options().keyFrameIntervalNanos());
    }

    void wantKeyFrame() {
        keyFrames.want();
    }

    /** A packet of a format whose losses are asked for again. */
    void onPacket(RtpPacket packet) {
        NackGenerator generator = nacks;
        if (generator == null) {
            generator = new NackGenerator();
            nacks = generator;
        }
        generator.onPacket(packet.unwrappedSequence(), packet.repaired(), packet.arrivalNanos());
    }

    /** The source has jumped: nothing before is missing. */
    void restart(long sequence) {
        if (nacks != null) {
            nacks.restart(sequence);
        }
    }

    void abandonBefore(long sequence) {
        if (nacks != null) {
            nacks.dropBefore(sequence);
        }
    }

    /** Writes the requests that are due. */
    void write(FeedbackWriter out, List<PayloadFormat> formats, long nowNanos) {
        NackGenerator generator = nacks;
        if (generator != null) {
            int requests = out.nacks(generator, ssrc, session.roundTripNanos(), nowNanos);
            nackCount += requests;
            nackPackets += requests > 0 ? 1 : 0;
            if (generator.takeGivenUp()) {
                wantKeyFrame();
            }
        }
        if (keyFrames.take(nowNanos)) {
            writeKeyFrameRequest(out, formats);
        }
    }

    private void writeKeyFrameRequest(FeedbackWriter out, List<PayloadFormat> formats) {
        boolean pictureLoss = false;
        boolean fullIntra = false;
        for (PayloadFormat format : formats) {
            pictureLoss |= format.pictureLoss();
            fullIntra |= format.fullIntraRequest();
        }
        if (pictureLoss) {
            out.pictureLoss(ssrc);
            pliCount++;
        } else if (fullIntra) {
            firSequence = (firSequence + 1) & 0xff;
            out.fullIntraRequest(ssrc, firSequence);
            firCount++;
        }
    }

    long nextTimeout(long roundTripNanos, long nowNanos) {
        long next = keyFrames.nextTimeout(nowNanos);
        NackGenerator generator = nacks;
        return generator == null ? next : Deadlines.earlier(next, generator.nextTimeout(roundTripNanos));
    }

    long nackCount() {
        return nackCount;
    }

    long nackPackets() {
        return nackPackets;
    }

    long pliCount() {
        return pliCount;
    }

    long firCount() {
        return firCount;
    }
}
