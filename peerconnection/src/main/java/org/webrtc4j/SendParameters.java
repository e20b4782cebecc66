package org.webrtc4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
        boolean same = parameters.transactionId().equals(known.transactionId())
                && parameters.headerExtensions().equals(known.headerExtensions())
                && parameters.rtcp().equals(known.rtcp())
                && parameters.codecs().equals(known.codecs())
                && rids(parameters.encodings()).equals(rids(known.encodings()));
        if (!same) {
            return DOMException.invalidModification("Only the values of encodings can be changed");
        }
        try {
            sender.encodings = checked(transceiver.kind, parameters.encodings());
        } catch (DOMException refused) {
            return refused;
        }
        sender.lastReturned = null;
        return null;
    }

    private static List<String> rids(List<RTCRtpEncodingParameters> encodings) {
        return encodings.stream().map(each -> Objects.toString(each.rid(), "")).toList();
    }

    /** The encodings that addTransceiver is given, with their defaults. */
    static List<RTCRtpEncodingParameters> initial(String kind, List<RTCRtpEncodingParameters> wanted) {
        if (wanted.isEmpty()) {
            return checked(kind, List.of(RTCRtpEncodingParameters.builder().build()));
        }
        if (wanted.size() > MAX_ENCODINGS) {
            throw DOMException.operation("A sender sends " + MAX_ENCODINGS + " streams at most");
        }
        Set<String> rids = new HashSet<>();
        for (RTCRtpEncodingParameters each : wanted) {
            String rid = each.rid();
            if ((rid == null && wanted.size() > 1)
                    || (rid != null && !RID.matcher(rid).matches())) {
                throw DOMException.typeError("Each of several encodings has a rid of letters and digits");
            }
            if (rid != null && !rids.add(rid)) {
                throw DOMException.typeError("Two encodings have the rid " + rid);
            }
        }
        List<RTCRtpEncodingParameters> named =
                wanted.size() == 1 ? List.of(wanted.get(0).toBuilder().rid(null).build()) : wanted;
        return checked(kind, named);
    }

    private static List<RTCRtpEncodingParameters> checked(String kind, List<RTCRtpEncodingParameters> encodings) {
        boolean video = kind.equals("video");
        boolean scaled = encodings.stream().anyMatch(each -> each.scaleResolutionDownBy() != null);
        List<RTCRtpEncodingParameters> checked = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            RTCRtpEncodingParameters each = encodings.get(i);
            Double scale = each.scaleResolutionDownBy();
            Double framerate = each.maxFramerate();
            Long bitrate = each.maxBitrate();
            if (video && ((scale != null && !(scale >= 1)) || (framerate != null && !(framerate >= 0)))) {
                throw new DOMException("A scale is 1 or more, a frame rate 0 or more", "RangeError");
            }
            if (bitrate != null && bitrate < 0) {
                throw new DOMException("A bit rate is 0 or more", "RangeError");
            }
            RTCRtpCodec codec = each.codec();
            if (codec != null && Capabilities.find(kind, codec) == null) {
                throw DOMException.operation("No codec of " + kind + " is like " + codec);
            }
            // Without any, the first of several is the smallest (webrtc-pc section 5.1, addTransceiver).
            Double fallback = scaled ? 1.0 : Math.scalb(1.0, encodings.size() - 1 - i);
            checked.add(each.toBuilder()
                    .scaleResolutionDownBy(!video ? null : scale == null ? fallback : scale)
                    .maxFramerate(video ? framerate : null)
                    .build());
        }
        return checked;
    }
}
