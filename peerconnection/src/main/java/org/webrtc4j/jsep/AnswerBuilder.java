package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.Rid;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;
import org.webrtc4j.sdp.Simulcast;

/**
 * Writes an answer (RFC 9429 section 5.3): what both sides can do, with the payload types and identifiers of the offer.
 * Sections without a codec in common, outside of the bundle or of a kind unknown here are rejected (port 0).
 */
public final class AnswerBuilder {

    private final SessionDescription offer;
    private final List<Optional<SectionWish>> wishes;
    private final List<List<RtpFormat>> formats = new ArrayList<>();
    private final Bundle bundle;
    private final Map<Integer, String> uris = new HashMap<>();

    /**
     * Decides what is taken.
     *
     * @param offer the offer
     * @param wishes for each section what its transceiver wants; empty for data and for what has none
     * @param inUse the indices of the sections whose transport is in use already
     */
    public AnswerBuilder(SessionDescription offer, List<Optional<SectionWish>> wishes, List<Integer> inUse) {
        this.offer = offer;
        this.wishes = List.copyOf(wishes);
        boolean[] usable = new boolean[offer.media().size()];
        int data = DescriptionRules.dataSection(offer);
        for (int i = 0; i < usable.length; i++) {
            MediaDescription section = offer.media().get(i);
            List<RtpFormat> common = wishes.get(i)
                    .filter(wish -> !wish.stopped() && DescriptionRules.isUsableMedia(section))
                    .map(wish -> CodecAnswer.of(wish.codecs(), wish.preferred(), section))
                    .orElse(List.of());
            formats.add(common);
            usable[i] = i == data || !common.isEmpty();
        }
        bundle = Bundle.of(offer, usable, DescriptionRules.firstIn(inUse, usable));
    }

    /**
     * Returns the section that carries the transport.
     *
     * @return its index, or -1 when nothing is taken
     */
    public int carrier() {
        return bundle.carrier();
    }

    /**
     * Returns the data section that is taken.
     *
     * @return its index, or -1
     */
    public int data() {
        int data = DescriptionRules.dataSection(offer);
        return bundle.contains(data) ? data : -1;
    }

    /**
     * Writes the answer.
     *
     * @param origin the o= line
     * @param setup our DTLS role
     * @param local what to say of the transport
     * @return the answer
     */
    public SessionDescription write(Origin origin, Setup setup, LocalTransport local) {
        TransportWriter transport = new TransportWriter(setup, local);
        uris.clear();
        int data = data();
        List<MediaDescription> sections = new ArrayList<>();
        List<String> bundled = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription offered = offer.media().get(i);
            Optional<SectionWish> wish = wishes.get(i);
            if (!bundle.contains(i)) {
                sections.add(offered.rejection());
                continue;
            }
            boolean carrier = i == bundle.carrier();
            SectionPlace place = new SectionPlace(carrier, false);
            sections.add(
                    i == data || wish.isEmpty()
                            ? DataSectionWriter.answer(offered, transport, place)
                            : media(i, wish.get(), transport, place));
            if (offer.bundleOf(offered).isPresent()) {
                // The section that carries the transport comes first (RFC 9143 section 7.3.1).
                offered.mid().ifPresent(mid -> bundled.add(carrier ? 0 : bundled.size(), mid));
            }
        }
        boolean mixed = offer.media().stream().anyMatch(each -> offer.contains(each, Flag.EXTMAP_ALLOW_MIXED));
        return SessionLines.assemble(origin, sections, bundled, mixed, local);
    }

    private MediaDescription media(int index, SectionWish wish, TransportWriter transport, SectionPlace place) {
        MediaDescription offered = offer.media().get(index);
        Direction direction =
                wish.direction().intersect(offer.direction(offered).reversed());
        List<Extmap> extensions = extensions(wish.extensions(), offer.extmaps(offered));
        if (formats.get(index).stream().anyMatch(SdpCodecs::tellsByStream)) {
            // Who is told of arrivals stream by stream needs no number of the transport; of both a sender makes twice
            // the loss.
            extensions.removeIf(each -> each.uri().equals(ExtensionSpec.TRANSPORT_SEQUENCE));
        }
        boolean rids = direction.receives() && hasUri(extensions, ExtensionSpec.RID);
        List<String> taken = rids ? RemoteMedia.sentRids(offered) : List.of();
        List<LocalEncoding> sent = sent(wish, offered, direction, extensions);
        List<Rid> lines = new ArrayList<>();
        taken.forEach(rid -> lines.add(new Rid(rid, false, List.of(), List.of())));
        if (sent.size() > 1) {
            sent.forEach(each -> lines.add(new Rid(each.rid(), true, List.of(), List.of())));
        }
        return MediaSectionWriter.write(
                new MediaSectionWriter.Content(
                        wish.sending(sent),
                        offered.protocol(),
                        offered.mid().orElse(null),
                        direction,
                        formats.get(index),
                        extensions,
                        lines,
                        simulcast(sent, receive(offered, taken)),
                        offered.attributes().contains(Flag.RTCP_RSIZE)),
                transport,
                place,
                false);
    }

    /** What the offer asks to be sent at once, as far as it is sent; else one stream. */
    private static List<LocalEncoding> sent(
            SectionWish wish, MediaDescription offered, Direction direction, List<Extmap> extensions) {
        List<LocalEncoding> all = wish.encodings();
        if (all.size() < 2) {
            return all;
        }
        List<String> wanted = direction.sends() && hasUri(extensions, ExtensionSpec.RID)
                ? RemoteMedia.wantedRids(offered)
                : List.of();
        List<LocalEncoding> sent =
                all.stream().filter(each -> wanted.contains(each.rid())).toList();
        return sent.isEmpty() ? all.subList(0, 1) : sent;
    }

    private static @Nullable Simulcast simulcast(List<LocalEncoding> sent, List<Simulcast.Stream> received) {
        List<Simulcast.Stream> sends = sent.size() < 2
                ? List.of()
                : sent.stream().map(each -> Simulcast.Stream.of(each.rid())).toList();
        return sends.isEmpty() && received.isEmpty() ? null : new Simulcast(sends, received);
    }

    /** The simulcast of the offer in the other direction (RFC 8853 section 5.3.2); paused streams stay so. */
    private static List<Simulcast.Stream> receive(MediaDescription offered, List<String> taken) {
        List<Simulcast.Stream> streams = new ArrayList<>();
        offered.attributes().first(Simulcast.class).ifPresent(simulcast -> {
            for (Simulcast.Stream stream : simulcast.send()) {
                List<Simulcast.Alternative> kept = stream.alternatives().stream()
                        .filter(each -> taken.contains(each.rid()))
                        .toList();
                if (!kept.isEmpty()) {
                    streams.add(new Simulcast.Stream(kept));
                }
            }
        });
        return streams;
    }

    /**
     * What both want of the extensions of the offer, with its identifiers (RFC 8285 section 6). Where an offer gives one
     * identifier two meanings in the bundle, which RFC 9143 section 15 forbids, the first one stays.
     */
    private List<Extmap> extensions(List<ExtensionSpec> wanted, List<Extmap> offered) {
        List<Extmap> answered = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Extmap each : offered) {
            Direction ours = wanted.stream()
                    .filter(spec -> spec.uri().equals(each.uri()))
                    .findFirst()
                    .map(ExtensionSpec::direction)
                    .orElse(null);
            boolean clear = uris.getOrDefault(each.id(), each.uri()).equals(each.uri());
            if (ours == null || each.id() > ExtensionIds.LAST || !clear || !seen.add(each.uri())) {
                continue;
            }
            Direction theirs = each.direction() == null ? Direction.SENDRECV : each.direction();
            Direction both = ours.intersect(theirs.reversed());
            if (both != Direction.INACTIVE) {
                uris.put(each.id(), each.uri());
                answered.add(new Extmap(each.id(), both == Direction.SENDRECV ? null : both, each.uri(), null));
            }
        }
        return answered;
    }

    private static boolean hasUri(List<Extmap> extensions, String uri) {
        return extensions.stream().anyMatch(each -> each.uri().equals(uri));
    }
}
