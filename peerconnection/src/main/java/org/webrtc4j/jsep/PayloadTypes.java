package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;

/**
 * Gives payload types to the codecs of an offer. Within a bundle a payload type means one codec only (RFC 9143 section
 * 10.1.2), and one that was negotiated keeps its meaning (RFC 9429 section 5.2.2).
 */
final class PayloadTypes {

    private static final int DYNAMIC_FIRST = 96;
    private static final int DYNAMIC_LAST = 127;
    /** Below come the static types, above those that RTCP takes (RFC 5761 section 4). */
    private static final int LOWER_FIRST = 35;

    private static final int LOWER_LAST = 63;

    private final Set<Integer> taken = new HashSet<>();
    private final List<MediaDescription> ours = new ArrayList<>();
    private final List<RtpFormat> given = new ArrayList<>();

    /** What both sides' descriptions of the last exchange say is taken. */
    PayloadTypes(@Nullable SessionDescription local, @Nullable SessionDescription remote) {
        if (local != null) {
            ours.addAll(local.media());
            local.media().forEach(each -> taken.addAll(each.payloadTypes()));
        }
        if (remote != null) {
            remote.media().forEach(each -> taken.addAll(each.payloadTypes()));
        }
    }

    /** The formats of one section: those it had keep their payload types. */
    List<RtpFormat> formats(List<CodecCapability> codecs, @Nullable MediaDescription before) {
        List<RtpFormat> formats = new ArrayList<>();
        for (CodecCapability codec : codecs) {
            if (!codec.codec().is("audio/red")) {
                addCodec(formats, codec, codec.codec(), before);
            }
        }
        // What red packs has its number now, also where it is preferred to that and comes before it.
        for (int i = 0; i < codecs.size(); i++) {
            CodecDescription described = codecs.get(i).codec();
            int carried = described.is("audio/red") ? payloadTypeOf(formats, described) : -1;
            if (carried >= 0) {
                List<RtpFormat> red = new ArrayList<>();
                addCodec(red, codecs.get(i), described.withParameters(Map.of("", carried + "/" + carried)), before);
                red.removeIf(each -> isIn(formats, each.payloadType()));
                formats.addAll(placeOf(formats, codecs, i), red);
            }
        }
        return formats;
    }

    /** Behind the formats of the codecs that come before one. */
    private static int placeOf(List<RtpFormat> formats, List<CodecCapability> codecs, int index) {
        int place = 0;
        for (int i = 0; i < formats.size(); i++) {
            RtpFormat each = formats.get(i);
            boolean earlier = codecs.subList(0, index).stream().anyMatch(codec -> SdpCodecs.matches(codec, each));
            place = earlier ? i + 1 : place;
        }
        return place;
    }

    private void addCodec(
            List<RtpFormat> formats,
            CodecCapability codec,
            CodecDescription described,
            @Nullable MediaDescription before) {
        RtpFormat known = known(codec, before);
        int payloadType = known == null ? free(codec.payloadType()) : known.payloadType();
        if (payloadType < 0 || isIn(formats, payloadType)) {
            return;
        }
        add(formats, SdpCodecs.format(payloadType, described, codec.feedback()));
        int rtx = codec.hasRtx() ? rtxOf(payloadType, codec.rtxPayloadType(), before) : -1;
        if (rtx >= 0) {
            add(formats, SdpCodecs.retransmission(described.clockRate(), rtx, payloadType));
        }
    }

    private void add(List<RtpFormat> formats, RtpFormat format) {
        formats.add(format);
        given.add(format);
    }

    /** What red packs: the first format of its clock rate (RFC 2198 section 5). */
    private static int payloadTypeOf(List<RtpFormat> formats, CodecDescription red) {
        for (RtpFormat each : formats) {
            if (each.rtpmap().clockRate() == red.clockRate() && each.rtpmap().channels() == red.channels()) {
                return each.payloadType();
            }
        }
        return -1;
    }

    private @Nullable RtpFormat known(CodecCapability codec, @Nullable MediaDescription before) {
        if (before != null && before.media().equals(codec.codec().kind().text())) {
            RtpFormat own = find(codec, before.rtpFormats());
            if (own != null) {
                return own;
            }
        }
        for (MediaDescription section : ours) {
            if (section.media().equals(codec.codec().kind().text())) {
                RtpFormat other = find(codec, section.rtpFormats());
                if (other != null) {
                    return other;
                }
            }
        }
        for (RtpFormat each : given) {
            if (isSame(codec, each)) {
                return each;
            }
        }
        return null;
    }

    /** The very same codec before one that merely matches, so that variants of one codec keep apart. */
    private static @Nullable RtpFormat find(CodecCapability codec, List<RtpFormat> formats) {
        for (RtpFormat each : formats) {
            if (isSame(codec, each)) {
                return each;
            }
        }
        for (RtpFormat each : formats) {
            if (SdpCodecs.matches(codec, each)) {
                return each;
            }
        }
        return null;
    }

    private static boolean isSame(CodecCapability codec, RtpFormat format) {
        CodecDescription own = codec.codec();
        boolean packs = own.is("audio/red");
        return SdpCodecs.matches(codec, format)
                && (packs
                        || SdpCodecs.codec(own.kind().text(), format)
                                .parameters()
                                .equals(own.parameters()));
    }

    private int rtxOf(int payloadType, int wanted, @Nullable MediaDescription before) {
        List<RtpFormat> known = new ArrayList<>();
        if (before != null) {
            known.addAll(before.rtpFormats());
        }
        ours.forEach(section -> known.addAll(section.rtpFormats()));
        known.addAll(given);
        for (RtpFormat each : known) {
            if (each.isRetransmission() && each.associatedPayloadType() == payloadType) {
                return each.payloadType();
            }
        }
        return free(wanted);
    }

    /** The wanted payload type, or the next one nobody has; -1 when all are taken. */
    private int free(int wanted) {
        if (taken.add(wanted)) {
            return wanted;
        }
        for (int i = DYNAMIC_FIRST; i <= DYNAMIC_LAST; i++) {
            if (taken.add(i)) {
                return i;
            }
        }
        for (int i = LOWER_LAST; i >= LOWER_FIRST; i--) {
            if (taken.add(i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isIn(List<RtpFormat> formats, int payloadType) {
        return formats.stream().anyMatch(each -> each.payloadType() == payloadType);
    }
}
