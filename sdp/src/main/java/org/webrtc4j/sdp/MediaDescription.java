package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A media section: an m= line and the lines up to the next one (RFC 8866 section 5.14).
 *
 * <p>The lookups here see the section alone. Those that fall back to the session part stand in {@link SessionDescription}.
 *
 * @param media {@code audio}, {@code video}, {@code application} or another token
 * @param port 0 to 65535; 0 rejects the section or marks it bundle-only, 9 stands for not yet known
 * @param portCount how many ports follow each other, 1 when the line says nothing
 * @param protocol e.g. {@code UDP/TLS/RTP/SAVPF} or {@code UDP/DTLS/SCTP}
 * @param formats payload types in RTP sections, else words; at least one
 * @param information the i= line, null when absent
 * @param connections the c= lines
 * @param bandwidths the b= lines
 * @param key the k= line as text (obsolete, never used), null when absent
 * @param attributes the a= lines
 * @param unknownLines lines of letters that RFC 8866 does not know
 */
public record MediaDescription(
        String media,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        @Nullable String information,
        List<Connection> connections,
        List<Bandwidth> bandwidths,
        @Nullable String key,
        Attributes attributes,
        List<UnknownLine> unknownLines) {

    /** The protocol of data channel sections (RFC 8841 section 4). */
    public static final String UDP_DTLS_SCTP = "UDP/DTLS/SCTP";

    /** The protocol of media sections (RFC 5764 section 8, RFC 9429 section 5.1.2). */
    public static final String UDP_TLS_RTP_SAVPF = "UDP/TLS/RTP/SAVPF";

    /** The format of data channel sections (RFC 8864). */
    public static final String WEBRTC_DATACHANNEL = "webrtc-datachannel";

    /**
     * Checks words and ranges; formats of RTP sections are payload types.
     *
     * @param media {@code audio}, {@code video}, {@code application} or another token
     * @param port 0 to 65535; 0 rejects the section or marks it bundle-only, 9 stands for not yet known
     * @param portCount how many ports follow each other, 1 when the line says nothing
     * @param protocol e.g. {@code UDP/TLS/RTP/SAVPF} or {@code UDP/DTLS/SCTP}
     * @param formats payload types in RTP sections, else words; at least one
     * @param information the i= line, null when absent
     * @param connections the c= lines
     * @param bandwidths the b= lines
     * @param key the k= line as text (obsolete, never used), null when absent
     * @param attributes the a= lines
     * @param unknownLines lines of letters that RFC 8866 does not know
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public MediaDescription {
        Grammar.token(media, "media");
        Grammar.range(port, 0, 65_535, "port");
        Grammar.range(portCount, 1, 65_535, "number of ports");
        Grammar.word(protocol, "protocol");
        formats = Grammar.words(formats, "format");
        Grammar.require(!formats.isEmpty(), "media section", "has no format");
        if (isRtp(protocol)) {
            for (String format : formats) {
                payloadType(format);
            }
        }
        if (information != null) {
            Grammar.text(information, "information");
        }
        if (key != null) {
            Grammar.text(key, "key");
        }
        connections = List.copyOf(connections);
        bandwidths = List.copyOf(bandwidths);
        unknownLines = List.copyOf(unknownLines);
    }

    /**
     * Starts a section.
     *
     * @param media {@code audio}, {@code video}, {@code application}
     * @param protocol e.g. {@link #UDP_DTLS_SCTP}
     * @param formats at least one
     * @return a builder with port 9 and no connection
     */
    public static MediaDescriptionBuilder builder(String media, String protocol, String... formats) {
        return new MediaDescriptionBuilder(media, protocol, Arrays.asList(formats));
    }

    /**
     * Starts a data channel section: {@code m=application 9 UDP/DTLS/SCTP webrtc-datachannel} with {@code c=IN IP4 0.0.0.0}.
     *
     * @return a builder that still needs its attributes
     */
    public static MediaDescriptionBuilder dataChannel() {
        return builder("application", UDP_DTLS_SCTP, WEBRTC_DATACHANNEL).connection(Connection.UNSPECIFIED);
    }

    /**
     * A builder that holds this section.
     *
     * @return a new builder
     */
    public MediaDescriptionBuilder toBuilder() {
        return new MediaDescriptionBuilder(this);
    }

    /**
     * The section that rejects this one in an answer (RFC 3264 section 6, RFC 9429 section 5.3.1): port 0, the same media,
     * protocol and formats, {@code c=IN IP4 0.0.0.0} and the same mid.
     *
     * @return the rejected section
     */
    public MediaDescription rejection() {
        MediaDescriptionBuilder builder =
                new MediaDescriptionBuilder(media, protocol, formats).port(0).connection(Connection.UNSPECIFIED);
        if (isRtp()) {
            builder.attribute(Direction.INACTIVE);
        }
        attributes.first(Mid.class).ifPresent(builder::attribute);
        return builder.build();
    }

    /**
     * Tells whether the section is rejected or stopped: port 0 and not bundle-only (RFC 9143 section 6).
     *
     * @return true when it is not in use
     */
    public boolean isRejected() {
        return port == 0 && !attributes.contains(Flag.BUNDLE_ONLY);
    }

    /**
     * Tells whether the section carries RTP.
     *
     * @return true for every protocol with RTP in it, plain and secure
     */
    public boolean isRtp() {
        return isRtp(protocol);
    }

    /**
     * Tells whether the section carries data channels: {@code UDP/DTLS/SCTP webrtc-datachannel}, the same over TCP, or
     * {@code DTLS/SCTP 5000} with its a=sctpmap as drafts before RFC 8841 had it.
     *
     * @return true for {@code m=application} sections of data channels
     */
    public boolean isDataChannel() {
        if (!media.equals("application") || !protocol.endsWith("DTLS/SCTP")) {
            return false;
        }
        return formats.contains(WEBRTC_DATACHANNEL)
                || attributes.all(Sctpmap.class).stream()
                        .anyMatch(map -> map.application().equals(WEBRTC_DATACHANNEL));
    }

    /**
     * The identification of the section.
     *
     * @return a=mid, empty when absent
     */
    public Optional<String> mid() {
        return attributes.first(Mid.class).map(Mid::id);
    }

    /**
     * The direction written in this section.
     *
     * @return the direction; empty when absent, which means what the session part says, else sendrecv
     */
    public Optional<Direction> direction() {
        return attributes.first(Direction.class);
    }

    /**
     * The SCTP port: a=sctp-port, or that of a=sctpmap.
     *
     * @return 0 to 65535; empty when neither is there
     */
    public OptionalInt sctpPort() {
        Optional<Integer> port = attributes.first(SctpPort.class).map(SctpPort::port);
        Optional<Integer> any = port.or(() -> attributes.first(Sctpmap.class).map(Sctpmap::port));
        return any.isPresent() ? OptionalInt.of(any.get()) : OptionalInt.empty();
    }

    /**
     * The largest message the author accepts.
     *
     * @return bytes; {@link MaxMessageSize#DEFAULT} when the attribute is absent, 0 for any size
     */
    public long maxMessageSize() {
        return attributes.first(MaxMessageSize.class).map(MaxMessageSize::bytes).orElse(MaxMessageSize.DEFAULT);
    }

    /**
     * The SCTP INIT chunk of the description.
     *
     * @return a=sctp-init, empty when absent
     */
    public Optional<SctpInit> sctpInit() {
        return attributes.first(SctpInit.class);
    }

    /**
     * The candidates of the section.
     *
     * @return a new list in the order of the lines
     */
    public List<Candidate> candidates() {
        return attributes.all(Candidate.class);
    }

    /**
     * The streams and tracks of the section; more than one when a track is in several streams.
     *
     * @return a new list in the order of the lines
     */
    public List<Msid> msids() {
        return attributes.all(Msid.class);
    }

    /**
     * The formats of an RTP section as numbers, in their order of preference.
     *
     * @return a new list, empty when the section does not carry RTP
     */
    public List<Integer> payloadTypes() {
        List<Integer> payloadTypes = new ArrayList<>();
        if (isRtp()) {
            for (String format : formats) {
                payloadTypes.add(payloadType(format));
            }
        }
        return payloadTypes;
    }

    /**
     * What each payload type of the m= line stands for; see {@link RtpFormat}.
     *
     * @return the formats that are mapped or have a static meaning, in their order of preference
     */
    public List<RtpFormat> rtpFormats() {
        return RtpFormat.of(this);
    }

    /**
     * This section with other attributes.
     *
     * @param changed the attributes
     * @return the changed section
     */
    public MediaDescription withAttributes(Attributes changed) {
        return toBuilder().attributes(changed).build();
    }

    /**
     * This section with more attributes at the end.
     *
     * @param more what to add
     * @return the changed section
     */
    public MediaDescription with(Attribute... more) {
        return withAttributes(attributes.with(more));
    }

    private static boolean isRtp(String protocol) {
        String upper = protocol.toUpperCase(Locale.ROOT);
        return upper.startsWith("RTP/") || upper.contains("/RTP/");
    }

    /** True where DTLS carries the section, and RFC 8842 rules its roles. */
    static boolean isDtls(String protocol) {
        return protocol.contains("DTLS") || protocol.contains("UDP/TLS") || protocol.contains("TCP/TLS");
    }

    private static int payloadType(String format) {
        Grammar.digits(format, "payload type");
        Grammar.require(format.length() <= 3, "payload type", "is larger than 127");
        return Grammar.payloadType(Integer.parseInt(format));
    }
}
