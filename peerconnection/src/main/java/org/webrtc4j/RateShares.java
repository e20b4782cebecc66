package org.webrtc4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shares what a connection may send with among its senders: sound first, as it is little; pictures then alike, and what one
 * must not use by its {@code maxBitrate} is for the others.
 */
final class RateShares {

    /** Kept for each sender of sound without a limit: Opus in stereo with RED and its headers. */
    private static final long SOUND = 100_000;

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private record Share(SenderMedia media, long most) {}

    private RateShares() {}

    /** On the loop. */
    static void allocate(TransceiverSet set, long bitsPerSecond) {
        List<Share> pictures = new ArrayList<>();
        long left = bitsPerSecond;
        for (RTCRtpTransceiver each : set.running()) {
            SenderMedia media = each.sender().media();
            long most = each.sender().mostBitsPerSecond();
            if (!media.outbound().isSendable() || most == 0) {
                continue;
            }
            if (each.receiver().track().kind().equals("video")) {
                pictures.add(new Share(media, most));
            } else {
                long sound = Math.min(Math.min(SOUND, most), left);
                left -= sound;
                media.targetBitrate(sound);
            }
        }
        pictures.sort(Comparator.comparingLong(Share::most));
        for (int i = 0; i < pictures.size(); i++) {
            Share share = pictures.get(i);
            long given = Math.min(share.most, left / (pictures.size() - i));
            left -= given;
            share.media.targetBitrate(given);
        }
    }

    /** What the encodings that are sent may have together; 0 when none is. */
    static long most(List<RTCRtpEncodingParameters> encodings) {
        long sum = 0;
        for (RTCRtpEncodingParameters each : encodings) {
            Long most = each.maxBitrate();
            if (each.active() && most == null) {
                return NO_LIMIT;
            }
            sum += each.active() && most != null ? most : 0;
        }
        return sum;
    }
}
