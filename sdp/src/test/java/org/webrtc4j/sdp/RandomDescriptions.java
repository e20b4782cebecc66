package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Descriptions of every kind of line and attribute, made from a seed. */
final class RandomDescriptions {

    private static final String ICE_CHARS = "abcXYZ0189+/";
    private static final String ID_CHARS = "abcXYZ0189-_";
    private static final String TOKEN_CHARS = "abcXYZ0189-._!#$%&'*+^`{|}~";
    private static final String WORD_CHARS = TOKEN_CHARS + "@()[]\\\"<>?";
    private static final String TEXT_CHARS = WORD_CHARS + " :;,/=\u00e9\u4e2d\t";

    private final RandomGenerator random;
    private final List<String> mids = new ArrayList<>();
    private final List<Supplier<Attribute>> kinds = List.of(
            this::candidate,
            () -> new Crypto(number(1000), word(), word(), maybe(this::trimmed)),
            this::fingerprint,
            () -> Flag.values()[number(Flag.values().length)],
            () -> new Fmtp(word(), number(4) == 0 ? "" : trimmed()),
            () -> new Framerate(number(100) + (number(2) == 0 ? "" : ".0" + number(100))),
            () -> new Group(Group.LS, list(0, this::token)),
            () -> new IceOptions(list(1, this::word)),
            () -> new IcePacing(number(Integer.MAX_VALUE)),
            () -> new Identity(trimmed()),
            () -> new ImageAttr(number(2) == 0 ? "*" : "" + number(128), "send " + trimmed()),
            () -> new Information(Information.Kind.values()[number(Information.Kind.values().length)], text()),
            () -> new Msid(word(), maybe(this::word)),
            () -> new MsidSemantic(word(), list(0, this::word)),
            () -> new PacketTime(number(2) == 0, "" + number(1000)),
            () -> new RemoteCandidates(
                    list(1, () -> new RemoteCandidates.Selected(1 + number(256), word(), number(65_536)))),
            () -> new Rid(
                    id(), number(2) == 0, list(0, () -> number(128)), list(0, () -> "max-" + token() + "=" + token())),
            this::simulcast,
            () -> new Rtcp(number(65_536), maybe(this::connection)),
            () -> new RtcpFeedback(number(129) - 1, word(), maybe(this::trimmed)),
            () -> new RtcpXr(number(3) == 0 ? "" : trimmed()),
            () -> new Rtpmap(number(128), token(), 1 + number(100_000), 1 + number(8)),
            () -> new Sctpmap(number(65_536), word(), number(65_537) - 1),
            () -> new Ssrc(number(Integer.MAX_VALUE) * 2L, token(), maybe(this::token)),
            () -> new SsrcGroup(token(), list(0, () -> number(Integer.MAX_VALUE) * 2L)),
            () -> new TlsId("tls-identification-" + token()),
            () -> new UnknownAttribute("x-" + token(), maybe(this::text)));

    RandomDescriptions(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    SessionDescription next() {
        List<MediaDescription> media = list(0, this::media);
        List<Attribute> attributes = attributes(false);
        attributes.add(Group.bundle(mids));
        return new SessionDescription(
                new Origin(word(), "" + number(1000), "" + random.nextLong(Long.MAX_VALUE), word(), word(), word()),
                text(),
                maybe(this::text),
                maybe(this::text),
                list(0, this::text),
                list(0, this::text),
                maybe(this::connection),
                list(0, () -> new Bandwidth(token(), random.nextLong(Long.MAX_VALUE))),
                list(0, () -> new TimeDescription(number(1000), number(1000), list(0, this::repeat))),
                list(0, () -> new TimeZoneAdjustment(number(1000), time())),
                maybe(this::text),
                Attributes.of(attributes),
                list(0, () -> new UnknownLine('y', text())),
                media);
    }

    private MediaDescription media() {
        boolean rtp = random.nextBoolean();
        return new MediaDescription(
                token(),
                number(65_536),
                1 + number(3),
                rtp ? MediaDescription.UDP_TLS_RTP_SAVPF : MediaDescription.UDP_DTLS_SCTP,
                list(1, rtp ? () -> "" + number(128) : this::word),
                maybe(this::text),
                list(0, this::connection),
                list(0, () -> new Bandwidth("AS", number(1000))),
                maybe(this::text),
                Attributes.of(attributes(true)),
                list(0, () -> new UnknownLine('Z', text())));
    }

    /** Any number of any attribute, and each that may be there once; extension identifiers are unique. */
    private List<Attribute> attributes(boolean section) {
        List<Attribute> attributes = new ArrayList<>();
        if (section) {
            mids.add("mid" + mids.size());
            attributes.add(new Mid(mids.get(mids.size() - 1)));
        }
        attributes.addAll(list(0, () -> kinds.get(number(kinds.size())).get()));
        attributes.addAll(list(0, () -> kinds.get(number(kinds.size())).get()));
        for (int id = 1; id < 1 + number(20); id += 1 + number(3)) {
            attributes.add(new Extmap(id, maybe(this::direction), word(), maybe(this::trimmed)));
        }
        once(attributes, this::direction);
        once(attributes, () -> Setup.values()[number(3)]);
        once(attributes, () -> new IceUfrag(chars(ICE_CHARS, 4, 256)));
        once(attributes, () -> new IcePwd(chars(ICE_CHARS, 22, 256)));
        once(attributes, () -> new SctpPort(number(65_536)));
        once(attributes, () -> new MaxMessageSize(random.nextLong(Long.MAX_VALUE)));
        once(attributes, () -> {
            byte[] chunk = new byte[1 + number(64)];
            random.nextBytes(chunk);
            return SctpInit.of(chunk);
        });
        return attributes;
    }

    private void once(List<Attribute> attributes, Supplier<Attribute> attribute) {
        if (random.nextBoolean()) {
            attributes.add(number(attributes.size() + 1), attribute.get());
        }
    }

    private Direction direction() {
        return Direction.of(random.nextBoolean(), random.nextBoolean());
    }

    private Connection connection() {
        return new Connection(word(), word(), word());
    }

    private RepeatTimes repeat() {
        return new RepeatTimes(time(), time(), list(1, this::time));
    }

    private TypedTime time() {
        return new TypedTime(number(2000) - 1000, "dhms ".charAt(number(5)));
    }

    private Fingerprint fingerprint() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return Fingerprint.of("sha-256", digest);
    }

    private Simulcast simulcast() {
        boolean sends = random.nextBoolean();
        return new Simulcast(list(sends ? 1 : 0, this::stream), list(sends ? 0 : 1, this::stream));
    }

    private Simulcast.Stream stream() {
        return new Simulcast.Stream(list(1, () -> new Simulcast.Alternative(id(), random.nextBoolean())));
    }

    private Candidate candidate() {
        return new Candidate(
                chars(WORD_CHARS, 1, 32),
                1 + number(256),
                token(),
                random.nextLong(1L << 32),
                word(),
                number(65_536),
                token(),
                maybe(this::word),
                maybe(() -> number(65_536)),
                list(0, () -> new Candidate.Extension("x" + word(), word())));
    }

    private String id() {
        return chars(ID_CHARS, 1, 10);
    }

    private String token() {
        return chars(TOKEN_CHARS, 1, 10);
    }

    private String word() {
        return chars(WORD_CHARS, 1, 10);
    }

    private String text() {
        return chars(TEXT_CHARS, 0, 20) + (number(8) == 0 ? "\ud83d\ude00" : "");
    }

    private String trimmed() {
        return word() + text() + word();
    }

    private String chars(String alphabet, int min, int max) {
        StringBuilder out = new StringBuilder();
        int length = min + number(max - min + 1);
        while (out.length() < length) {
            out.append(alphabet.charAt(number(alphabet.length())));
        }
        return out.toString();
    }

    private int number(int bound) {
        return random.nextInt(bound);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(int min, Supplier<? extends T> element) {
        List<T> list = new ArrayList<>();
        int size = min + number(4);
        while (list.size() < size) {
            list.add(element.get());
        }
        return list;
    }
}
