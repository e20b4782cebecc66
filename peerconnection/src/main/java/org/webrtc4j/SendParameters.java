package org.webrtc4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.driver.ConfinedFuture;

/** getParameters and setParameters of senders (webrtc-pc section 5.2), and the check of encodings for both. */
final class SendParameters {

    /** How many streams one sender may send. */
    static final int MAX_ENCODINGS = 8;

    /** RFC 8851 section 10; the length is that of the header extension (RFC 8852). */
    private static final Pattern RID = Pattern.compile("[A-Za-z0-9]{1,255}");

    private final Connection connection;
    private final TransceiverSet set;

    SendParameters(Connection connection, TransceiverSet set) {
        this.connection = connection;
        this.set = set;
    }

    RTCRtpSendParameters get(TransceiverSlots transceiver, SenderSlots sender) {
        return set.read(() -> {
            RTCRtpSendParameters known = sender.lastReturned;
            if (known == null) {
                known = new RTCRtpSendParameters(
                        UUID.randomUUID().toString(),
                        sender.encodings,
                        Capabilities.parameters(transceiver.agreement, true),
                        new RTCRtcpParameters(set.cname(), transceiver.agreement.reducedSizeRtcp()),
                        Capabilities.codecs(transceiver.agreement.sendCodecs()));
                sender.lastReturned = known;
            }
            return known;
        });
    }

    CompletableFuture<@Nullable Void> set(
            TransceiverSlots transceiver, SenderSlots sender, RTCRtpSendParameters parameters) {
        ConfinedFuture<@Nullable Void> done = new ConfinedFuture<>(connection.place()::here);
        DOMException refused = set.read(() -> change(transceiver, sender, parameters));
        connection.place().execute(() -> {
            if (refused != null) {
                done.completeExceptionally(refused);
            } else {
                connection.negotiation().postPlan();
                done.complete(null);
            }
        });
        return done;
    }

    private static @Nullable DOMException change(
            TransceiverSlots transceiver, SenderSlots sender, RTCRtpSendParameters parameters) {
        if (transceiver.isEnding()) {
            return DOMException.invalidState("The transceiver was stopped");
        }
        RTCRtpSendParameters known = sender.lastReturned;
        if (known == null) {
            return DOMException.invalidState(
                    "getParameters was not called since the last negotiation or setParameters");
        }
        List<RTCRtpEncodingParameters> encodings = parameters.encodings();
        boolean same = parameters.transactionId().equals(known.transactionId())
                && parameters.headerExtensions().equals(known.headerExtensions())
                && parameters.rtcp().equals(known.rtcp())
                && parameters.codecs().equals(known.codecs())
                && SenderSlots.rids(encodings).equals(SenderSlots.rids(sender.encodings));
        if (!same) {
            return DOMException.invalidModification("Only the values of encodings can be changed");
        }
        List<RTCRtpCodec> choosable = choosable(transceiver, known);
        for (RTCRtpEncodingParameters each : encodings) {
            RTCRtpCodec codec = each.codec();
            if (codec != null && choosable.stream().noneMatch(codec::sameAs)) {
                return DOMException.invalidModification("No codec that can be sent is like " + codec);
            }
        }
        try {
            sender.encodings = scaled(transceiver.kind, checked(transceiver.kind, encodings), 0);
        } catch (DOMException refused) {
            return refused;
        }
        sender.lastReturned = null;
        return null;
    }

    /** What was negotiated; before that, what is wanted. */
    private static List<RTCRtpCodec> choosable(TransceiverSlots transceiver, RTCRtpSendParameters known) {
        return known.codecs().isEmpty()
                ? transceiver.codecs.stream().map(Capabilities::codec).toList()
                : known.codecs().stream().map(RTCRtpCodecParameters::codec).toList();
    }

    /** The encodings that addTransceiver is given, in the order of its checks (webrtc-pc section 5.1). */
    static List<RTCRtpEncodingParameters> initial(String kind, List<RTCRtpEncodingParameters> wanted) {
        List<RTCRtpEncodingParameters> given =
                wanted.isEmpty() ? List.of(RTCRtpEncodingParameters.builder().build()) : wanted;
        Set<String> rids = new HashSet<>();
        for (RTCRtpEncodingParameters each : given) {
            String rid = each.rid();
            if (rid == null && given.size() > 1) {
                throw DOMException.typeError("Each of several encodings has a rid");
            }
            if (rid != null && !RID.matcher(rid).matches()) {
                throw DOMException.typeError("A rid is made of letters and digits");
            }
            if (rid != null && !rids.add(rid)) {
                throw DOMException.typeError("Two encodings have the rid " + rid);
            }
        }
        for (RTCRtpEncodingParameters each : given) {
            RTCRtpCodec codec = each.codec();
            if (codec != null && Capabilities.find(kind, codec) == null) {
                throw DOMException.operation("No codec of " + kind + " is like " + codec);
            }
        }
        List<RTCRtpEncodingParameters> checked = checked(kind, given);
        // Sound is sent once; what is too much is left out, not refused.
        int most = kind.equals("video") ? MAX_ENCODINGS : 1;
        List<RTCRtpEncodingParameters> kept = checked.subList(0, Math.min(most, checked.size()));
        if (kept.size() == 1) {
            kept = List.of(kept.get(0).toBuilder().rid(null).build());
        }
        boolean said = kept.stream().anyMatch(each -> each.scaleResolutionDownBy() != null);
        return scaled(kind, kept, said ? 0 : kept.size() - 1);
    }

    /** Values in their ranges; without those that sound does not have. */
    private static List<RTCRtpEncodingParameters> checked(String kind, List<RTCRtpEncodingParameters> encodings) {
        boolean video = kind.equals("video");
        List<RTCRtpEncodingParameters> checked = new ArrayList<>();
        for (RTCRtpEncodingParameters each : encodings) {
            Double scale = each.scaleResolutionDownBy();
            Double framerate = each.maxFramerate();
            Long bitrate = each.maxBitrate();
            if (isNoNumber(scale) || isNoNumber(framerate)) {
                throw DOMException.typeError("A scale and a frame rate are finite numbers");
            }
            if (video && ((scale != null && scale < 1) || (framerate != null && framerate < 0))) {
                throw new DOMException("A scale is 1 or more, a frame rate 0 or more", "RangeError");
            }
            if (bitrate != null && bitrate < 0) {
                throw new DOMException("A bit rate is 0 or more", "RangeError");
            }
            checked.add(
                    video
                            ? each
                            : each.toBuilder()
                                    .scaleResolutionDownBy(null)
                                    .maxFramerate(null)
                                    .build());
        }
        return checked;
    }

    private static boolean isNoNumber(@Nullable Double value) {
        return value != null && !Double.isFinite(value);
    }

    /** Pictures without a scale get one: by the power of two that falls to 1 with the last of several, or 1. */
    private static List<RTCRtpEncodingParameters> scaled(
            String kind, List<RTCRtpEncodingParameters> encodings, int power) {
        List<RTCRtpEncodingParameters> scaled = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            RTCRtpEncodingParameters each = encodings.get(i);
            boolean missing = kind.equals("video") && each.scaleResolutionDownBy() == null;
            scaled.add(
                    missing
                            ? each.toBuilder()
                                    .scaleResolutionDownBy(Math.scalb(1.0, Math.max(0, power - i)))
                                    .build()
                            : each);
        }
        return scaled;
    }
}
