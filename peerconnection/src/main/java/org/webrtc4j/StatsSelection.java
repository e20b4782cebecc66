package org.webrtc4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stats selection algorithm (webrtc-pc section 8.3): some objects, and all that they refer to, however far. */
final class StatsSelection {

    private StatsSelection() {}

    /** Keeps those of a sender's streams. */
    static Predicate<RTCStats> sender(@Nullable String mid) {
        return each ->
                each instanceof RTCOutboundRtpStreamStats sent && sent.mid().equals(mid);
    }

    /** Keeps those of a receiver's streams. */
    static Predicate<RTCStats> receiver(@Nullable String mid) {
        return each -> each instanceof RTCInboundRtpStreamStats received
                && received.mid().equals(mid);
    }

    /**
     * Selects.
     *
     * @param all a whole report
     * @param roots what is asked for
     * @return those and what they refer to, in the order of the report
     */
    static List<RTCStats> select(List<RTCStats> all, Predicate<RTCStats> roots) {
        Map<String, RTCStats> byId = new LinkedHashMap<>();
        all.forEach(each -> byId.put(each.id(), each));
        Set<String> selected = new HashSet<>();
        Deque<RTCStats> open = new ArrayDeque<>();
        all.stream().filter(roots).forEach(open::add);
        while (!open.isEmpty()) {
            RTCStats next = open.remove();
            if (selected.add(next.id())) {
                references(next).map(byId::get).filter(Objects::nonNull).forEach(open::add);
            }
        }
        List<RTCStats> kept = new ArrayList<>(all);
        kept.removeIf(each -> !selected.contains(each.id()));
        return kept;
    }

    private static Stream<String> references(RTCStats stats) {
        if (stats instanceof RTCRtpStreamStats stream) {
            return Stream.concat(ids(stream.transportId(), stream.codecId()), references(stream));
        }
        if (stats instanceof RTCCodecStats codec) {
            return ids(codec.transportId());
        }
        if (stats instanceof RTCTransportStats transport) {
            return ids(
                    transport.selectedCandidatePairId(),
                    transport.localCertificateId(),
                    transport.remoteCertificateId());
        }
        if (stats instanceof RTCIceCandidatePairStats pair) {
            return ids(pair.transportId(), pair.localCandidateId(), pair.remoteCandidateId());
        }
        if (stats instanceof RTCIceCandidateStats candidate) {
            return ids(candidate.transportId());
        }
        if (stats instanceof RTCCertificateStats certificate) {
            return ids(certificate.issuerCertificateId());
        }
        return stats instanceof RTCSctpTransportStats association ? ids(association.transportId()) : Stream.empty();
    }

    private static Stream<String> references(RTCRtpStreamStats stream) {
        if (stream instanceof RTCInboundRtpStreamStats received) {
            return ids(received.remoteId(), received.playoutId());
        }
        if (stream instanceof RTCOutboundRtpStreamStats sent) {
            return ids(sent.remoteId(), sent.mediaSourceId());
        }
        if (stream instanceof RTCRemoteInboundRtpStreamStats remote) {
            return ids(remote.localId());
        }
        return stream instanceof RTCRemoteOutboundRtpStreamStats remote ? ids(remote.localId()) : Stream.empty();
    }

    private static Stream<String> ids(@Nullable String... ids) {
        return Arrays.stream(ids).filter(Objects::nonNull);
    }
}
