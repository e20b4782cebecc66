package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Rid;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;
import org.webrtc4j.sdp.Simulcast;

/**
 * Writes an offer (RFC 9429 section 5.2): sections once negotiated keep their place, those that either side gave up are
 * taken again by what is new, the rest is new at the end, data last.
 */
public final class OfferBuilder {

    /**
     * An offer with what its sections stand for.
     *
     * @param description the offer
     * @param data the index of its data section, or -1
     * @param carrier the index of the section that carries the transport, or -1
     * @param sections the index of the section of each wish, in their order; -1 for those without
     */
    public record Built(SessionDescription description, int data, int carrier, List<Integer> sections) {

        /**
         * Copies the list.
         *
         * @param description the offer
         * @param data the index of its data section, or -1
         * @param carrier the index of the section that carries the transport, or -1
         * @param sections the index of the section of each wish
         */
        public Built {
            sections = List.copyOf(sections);
        }
    }

    private static final int DATA = -2;
    private static final int NOTHING = -1;

    private final OfferRequest request;
    private final List<MediaDescription> before;
    private final PayloadTypes payloadTypes;
    private final ExtensionIds extensionIds;
    private final TransportWriter transport;

    private OfferBuilder(OfferRequest request) {
        this.request = request;
        SessionDescription local = request.local();
        this.before = local == null ? List.of() : local.media();
        this.payloadTypes = new PayloadTypes(local, request.remote());
        this.extensionIds = new ExtensionIds(local, request.remote());
        this.transport = new TransportWriter(Setup.ACTPASS, request.transport());
    }

    /**
     * Writes an offer.
     *
     * @param request what it is made of
     * @return the offer
     */
    public static Built build(OfferRequest request) {
        return new OfferBuilder(request).build();
    }

    private Built build() {
        List<Integer> places = places();
        int carrier = -1;
        Set<String> kinds = new HashSet<>();
        List<MediaDescription> sections = new ArrayList<>();
        List<String> bundled = new ArrayList<>();
        Integer[] indices = new Integer[request.media().size()];
        Arrays.fill(indices, -1);
        for (int i = 0; i < places.size(); i++) {
            int use = places.get(i);
            if (use == NOTHING || (use >= 0 && request.media().get(use).stopped())) {
                sections.add(before.get(i).rejection());
                if (use >= 0) {
                    indices[use] = i;
                }
                continue;
            }
            boolean first = carrier < 0;
            carrier = first ? i : carrier;
            String kind = use == DATA ? "application" : request.media().get(use).kind();
            SectionPlace place = new SectionPlace(first, isBundleOnly(i, first, kinds.add(kind)));
            MediaDescription section =
                    use == DATA ? data(i, place) : media(i, request.media().get(use), place);
            if (use >= 0) {
                indices[use] = i;
            }
            sections.add(section);
            section.mid().ifPresent(bundled::add);
        }
        SessionDescription description =
                SessionLines.assemble(request.origin(), sections, bundled, hasMedia(sections), request.transport());
        return new Built(description, places.indexOf(DATA), carrier, Arrays.asList(indices));
    }

    /** For each section what stands there: the index of a wish, DATA, or NOTHING. */
    private List<Integer> places() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            places.add(i == request.liveData() ? DATA : wishAt(i));
        }
        for (int i = 0; i < request.media().size(); i++) {
            SectionWish wish = request.media().get(i);
            if (wish.index() < 0 && !wish.stopped()) {
                place(places, i);
            }
        }
        if (request.wantsData() && !places.contains(DATA)) {
            place(places, DATA);
        }
        return places;
    }

    private void place(List<Integer> places, int use) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) == NOTHING && isFree(i)) {
                places.set(i, use);
                return;
            }
        }
        places.add(use);
    }

    private int wishAt(int index) {
        for (int i = 0; i < request.media().size(); i++) {
            if (request.media().get(i).index() == index) {
                return i;
            }
        }
        return NOTHING;
    }

    /** A section may be taken again when either side has given it up (RFC 9429 section 5.2.2). */
    private boolean isFree(int index) {
        SessionDescription remote = request.remote();
        return before.get(index).isRejected()
                || (remote != null
                        && index < remote.media().size()
                        && remote.media().get(index).isRejected());
    }

    private boolean isBundleOnly(int index, boolean first, boolean firstOfKind) {
        boolean established = index < before.size() && !isFree(index);
        if (first || established) {
            return false;
        }
        return switch (request.policy()) {
            case MAX_BUNDLE -> true;
            case MAX_COMPAT -> false;
            case BALANCED -> !firstOfKind;
        };
    }

    private MediaDescription data(int index, SectionPlace place) {
        String mid = index == request.liveData()
                ? before.get(index).mid().orElseGet(request.newMid())
                : request.newMid().get();
        return DataSectionWriter.offer(mid, transport, place);
    }

    private MediaDescription media(int index, SectionWish wish, SectionPlace place) {
        MediaDescription old = index < before.size() && wish.index() == index ? before.get(index) : null;
        String known = wish.mid();
        boolean simulcast = wish.encodings().size() > 1 && wish.direction().sends();
        return MediaSectionWriter.write(
                new MediaSectionWriter.Content(
                        wish,
                        MediaDescription.UDP_TLS_RTP_SAVPF,
                        known == null ? request.newMid().get() : known,
                        wish.direction(),
                        payloadTypes.formats(wish.codecs(), old),
                        extensionIds.lines(wish.extensions()),
                        simulcast ? rids(wish) : List.of(),
                        simulcast ? simulcast(wish) : null,
                        true),
                transport,
                place,
                true);
    }

    private static List<Rid> rids(SectionWish wish) {
        return wish.encodings().stream()
                .map(each -> new Rid(each.rid(), true, List.of(), List.of()))
                .toList();
    }

    private static @Nullable Simulcast simulcast(SectionWish wish) {
        return new Simulcast(
                wish.encodings().stream()
                        .map(each ->
                                new Simulcast.Stream(List.of(new Simulcast.Alternative(each.rid(), !each.active()))))
                        .toList(),
                List.of());
    }

    private static boolean hasMedia(List<MediaDescription> sections) {
        return sections.stream().anyMatch(each -> each.isRtp() && !each.isRejected());
    }
}
