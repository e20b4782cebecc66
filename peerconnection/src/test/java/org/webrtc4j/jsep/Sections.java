package org.webrtc4j.jsep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.webrtc4j.certificate.CertificateFingerprint;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SessionDescription;

/** What offers and answers are made of in tests. */
final class Sections {

    static final LocalTransport TRANSPORT = new LocalTransport(
            IceParameters.draw(new SplittableRandom(1), false),
            List.of(CertificateFingerprint.parse("sha-256 AB" + ":AB".repeat(31))
                    .orElseThrow()),
            List.of(),
            false,
            5_000,
            262_144,
            Optional.empty());

    static final Origin ORIGIN = Origin.anonymous(7, 1);

    private Sections() {}

    static SessionDescription recorded(String name) {
        try {
            return SessionDescription.parse(
                    Files.readString(Path.of("..", "sdp", "src", "test", "resources", "recorded", name + ".sdp")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static SectionWish wish(String kind, Direction direction) {
        return wish(kind, direction, SdpCodecs.known(kind), false);
    }

    static SectionWish wish(String kind, Direction direction, List<CodecCapability> codecs, boolean preferred) {
        return new SectionWish(
                kind,
                -1,
                null,
                false,
                direction,
                codecs,
                preferred,
                ExtensionSpec.of(kind),
                List.of("stream"),
                "track",
                "cname",
                List.of(new LocalEncoding("", 1_000, 1_001, true)));
    }

    /** The wish once it has a section. */
    static SectionWish at(SectionWish wish, int index, String mid, boolean stopped) {
        return new SectionWish(
                wish.kind(),
                index,
                mid,
                stopped,
                wish.direction(),
                wish.codecs(),
                wish.preferred(),
                wish.extensions(),
                wish.streamIds(),
                wish.trackId(),
                wish.cname(),
                wish.encodings());
    }

    static SectionWish simulcast(SectionWish wish, LocalEncoding... encodings) {
        return new SectionWish(
                wish.kind(),
                wish.index(),
                wish.mid(),
                wish.stopped(),
                wish.direction(),
                wish.codecs(),
                wish.preferred(),
                wish.extensions(),
                wish.streamIds(),
                wish.trackId(),
                wish.cname(),
                List.of(encodings));
    }

    static Supplier<String> mids(String... names) {
        List<String> left = new ArrayList<>(List.of(names));
        return () -> left.remove(0);
    }

    /** Wishes for the media sections of an offer, each with everything this side has. */
    static List<Optional<SectionWish>> answering(SessionDescription offer, Direction direction) {
        List<Optional<SectionWish>> wishes = new ArrayList<>();
        offer.media()
                .forEach(each ->
                        wishes.add(each.isRtp() ? Optional.of(wish(each.media(), direction)) : Optional.empty()));
        return wishes;
    }
}
