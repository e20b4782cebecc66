package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session description (RFC 8866), version 0.
 *
 * <p>{@link #parse(CharSequence)} reads it and {@link #write()} writes it; reading what was written gives an equal
 * description, and writing what was read gives the same lines in the same order when they stood in the order of RFC 8866.
 *
 * <p><b>What is refused</b>, with line and column, and nothing of it used:
 * <ul>
 *   <li>text that is not lines of a letter, an equals sign and a value: other line ends than CRLF and LF, NUL, unpaired
 *       surrogates, empty lines before the end; a description without v=, o= or s=, or with a second one;
 *   <li>anything beyond the {@link SdpLimits};
 *   <li>a known line or attribute that breaks its grammar or range (RFC 9429 section 5.8), also where its value is not used;
 *   <li>contradictions: one mid in two sections; a second mid, direction, setup, ice-ufrag, ice-pwd, sctp-port,
 *       max-message-size or sctp-init of another value in one section; an extmap identifier for two extensions; a BUNDLE
 *       group that names an unknown mid or one of another bundle; {@code a=setup:holdconn} where DTLS is used.
 * </ul>
 *
 * <p><b>What is tolerated</b>: lines of the session or of a section in another order than that of RFC 8866 (v= stands
 * first; they are written in order), LF alone, a missing line end at the end, empty lines at the end, several blanks for
 * one, a missing t=.
 *
 * <p><b>What is kept and ignored</b>: unknown attributes and letters; attributes at a level where they mean nothing;
 * rtpmap, fmtp and rtcp-fb of formats that the m= line does not name, and its format when it is named again; a=rid of a rid that was declared before;
 * rids, sources and members of LS groups that are declared nowhere; a=crypto; fingerprints of unknown hash functions;
 * candidates with unknown transports.
 *
 * @param origin the o= line
 * @param name the s= line, {@code -} when there is no name
 * @param information the i= line, null when absent
 * @param uri the u= line, null when absent
 * @param emails the e= lines
 * @param phones the p= lines
 * @param connection the c= line for sections without one, null when absent
 * @param bandwidths the b= lines
 * @param times the t= lines with their r= lines
 * @param timeZones the z= line, empty when absent
 * @param key the k= line as text (obsolete, never used), null when absent
 * @param attributes the a= lines before the first section
 * @param unknownLines lines of letters that RFC 8866 does not know, before the first section
 * @param media the media sections; their index is sdpMLineIndex
 */
public record SessionDescription(
        Origin origin,
        String name,
        @Nullable String information,
        @Nullable String uri,
        List<String> emails,
        List<String> phones,
        @Nullable Connection connection,
        List<Bandwidth> bandwidths,
        List<TimeDescription> times,
        List<TimeZoneAdjustment> timeZones,
        @Nullable String key,
        Attributes attributes,
        List<UnknownLine> unknownLines,
        List<MediaDescription> media) {

    /**
     * Checks the texts.
     *
     * @param origin the o= line
     * @param name the s= line, {@code -} when there is no name
     * @param information the i= line, null when absent
     * @param uri the u= line, null when absent
     * @param emails the e= lines
     * @param phones the p= lines
     * @param connection the c= line for sections without one, null when absent
     * @param bandwidths the b= lines
     * @param times the t= lines with their r= lines
     * @param timeZones the z= line, empty when absent
     * @param key the k= line as text (obsolete, never used), null when absent
     * @param attributes the a= lines before the first section
     * @param unknownLines lines of letters that RFC 8866 does not know, before the first section
     * @param media the media sections; their index is sdpMLineIndex
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public SessionDescription {
        Grammar.text(name, "session name");
        for (String text : new @Nullable String[] {information, uri, key}) {
            if (text != null) {
                Grammar.text(text, "line");
            }
        }
        emails = texts(emails);
        phones = texts(phones);
        bandwidths = List.copyOf(bandwidths);
        times = List.copyOf(times);
        timeZones = List.copyOf(timeZones);
        unknownLines = List.copyOf(unknownLines);
        media = List.copyOf(media);
    }

    private static List<String> texts(List<String> texts) {
        for (String text : texts) {
            Grammar.text(text, "line");
        }
        return List.copyOf(texts);
    }

    /**
     * Reads a description within {@link SdpLimits#DEFAULT}.
     *
     * @param text the description
     * @return the description
     * @throws SdpException when the text is refused; nothing else is thrown
     */
    public static SessionDescription parse(CharSequence text) {
        return parse(text, SdpLimits.DEFAULT);
    }

    /**
     * Reads a description.
     *
     * @param text the description
     * @param limits what is too large
     * @return the description
     * @throws SdpException when the text is refused; nothing else is thrown
     */
    public static SessionDescription parse(CharSequence text, SdpLimits limits) {
        return new SdpParser(text, limits).parse();
    }

    /**
     * Reads a description from bytes.
     *
     * @param utf8 the description
     * @param limits what is too large; bytes count as characters here
     * @return the description
     * @throws SdpException when the bytes are no UTF-8, or the text is refused
     */
    public static SessionDescription parse(byte[] utf8, SdpLimits limits) {
        return parse(SdpParser.decode(utf8, limits), limits);
    }

    /**
     * The description as text, each line ended by CRLF.
     *
     * @return the text
     */
    public String write() {
        return SdpWriter.write(this);
    }

    /**
     * Starts a description with {@code s=-} and {@code t=0 0}.
     *
     * @param origin the o= line
     * @return a builder
     */
    public static SessionDescriptionBuilder builder(Origin origin) {
        return new SessionDescriptionBuilder(origin);
    }

    /**
     * A builder that holds this description.
     *
     * @return a new builder
     */
    public SessionDescriptionBuilder toBuilder() {
        return new SessionDescriptionBuilder(this);
    }

    /**
     * The index of the section with a mid.
     *
     * @param mid the identification
     * @return the index in {@link #media()}, -1 when there is none
     */
    public int indexOfMid(String mid) {
        for (int i = 0; i < media.size(); i++) {
            if (media.get(i).mid().orElse("").equals(mid)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The section with a mid.
     *
     * @param mid the identification
     * @return the section, empty when there is none
     */
    public Optional<MediaDescription> mediaByMid(String mid) {
        int index = indexOfMid(mid);
        return index < 0 ? Optional.empty() : Optional.of(media.get(index));
    }

    /**
     * The bundles, each with its mids in order.
     *
     * @return the BUNDLE groups of the session part, a new list
     */
    public List<Group> bundles() {
        List<Group> groups = new ArrayList<>(attributes.all(Group.class));
        groups.removeIf(group -> !group.isBundle());
        return groups;
    }

    /**
     * The bundle a section is in.
     *
     * @param section a section of this description
     * @return its BUNDLE group, empty when it is in none
     */
    public Optional<Group> bundleOf(MediaDescription section) {
        String mid = section.mid().orElse(null);
        return bundles().stream()
                .filter(group -> mid != null && group.mids().contains(mid))
                .findFirst();
    }

    /**
     * The section whose transport a section uses once its bundle is in force (RFC 9143 section 7.2). Bundled sections may
     * leave the attributes of the transport to it, and the lookups of ICE and DTLS here follow them there.
     *
     * @param section a section of this description
     * @return the first section of its bundle; the section itself when it is in none
     */
    public MediaDescription taggedSection(MediaDescription section) {
        return bundleOf(section)
                .flatMap(group -> mediaByMid(group.mids().get(0)))
                .orElse(section);
    }

    private <T extends Attribute> Optional<T> transport(MediaDescription section, Class<T> type) {
        return section.attributes()
                .first(type)
                .or(() -> taggedSection(section).attributes().first(type))
                .or(() -> attributes.first(type));
    }

    /**
     * An attribute of a section, or else of the session part.
     *
     * @param <T> the type
     * @param section a section of this description
     * @param type the record or enum of the attribute
     * @return the attribute, empty when it is at neither level
     */
    public <T extends Attribute> Optional<T> first(MediaDescription section, Class<T> type) {
        return section.attributes().first(type).or(() -> attributes.first(type));
    }

    /**
     * Tells whether a section or the session part has a flag.
     *
     * @param section a section of this description
     * @param flag the flag
     * @return true when it is at one of the levels
     */
    public boolean contains(MediaDescription section, Flag flag) {
        return section.attributes().contains(flag) || attributes.contains(flag);
    }

    /**
     * The ICE user fragment of a section.
     *
     * @param section a section of this description
     * @return that of the section, else of the tagged section, else of the session
     */
    public Optional<String> iceUfrag(MediaDescription section) {
        return transport(section, IceUfrag.class).map(IceUfrag::ufrag);
    }

    /**
     * The ICE password of a section.
     *
     * @param section a section of this description
     * @return that of the section, else of the tagged section, else of the session
     */
    public Optional<String> icePwd(MediaDescription section) {
        return transport(section, IcePwd.class).map(IcePwd::pwd);
    }

    /**
     * Tells whether an ICE option holds for a section, e.g. {@code trickle}.
     *
     * @param section a section of this description
     * @param option the option tag
     * @return true when the section, its tagged section or the session names it
     */
    public boolean hasIceOption(MediaDescription section, String option) {
        return transport(section, IceOptions.class).stream().anyMatch(options -> options.contains(option))
                || attributes.all(IceOptions.class).stream().anyMatch(options -> options.contains(option));
    }

    /**
     * Tells whether the author is an ICE-lite agent.
     *
     * @return true when the session part says so
     */
    public boolean iceLite() {
        return attributes.contains(Flag.ICE_LITE);
    }

    /**
     * Tells whether all candidates of a section are known.
     *
     * @param section a section of this description
     * @return true for a=end-of-candidates in the section or the session (RFC 8840 section 8.2)
     */
    public boolean endOfCandidates(MediaDescription section) {
        return contains(section, Flag.END_OF_CANDIDATES);
    }

    /**
     * The certificate hashes that hold for a section (RFC 8122 section 5).
     *
     * @param section a section of this description
     * @return those of the section, else of the tagged section, else of the session; a new list
     */
    public List<Fingerprint> fingerprints(MediaDescription section) {
        List<Fingerprint> own = section.attributes().all(Fingerprint.class);
        if (own.isEmpty()) {
            own = taggedSection(section).attributes().all(Fingerprint.class);
        }
        return own.isEmpty() ? attributes.all(Fingerprint.class) : own;
    }

    /**
     * The DTLS role of a section.
     *
     * @param section a section of this description
     * @return that of the section, else of the tagged section, else of the session
     */
    public Optional<Setup> setup(MediaDescription section) {
        return transport(section, Setup.class);
    }

    /**
     * The direction of a section.
     *
     * @param section a section of this description
     * @return that of the section, else of the session, else sendrecv (RFC 8866 section 6.7)
     */
    public Direction direction(MediaDescription section) {
        return first(section, Direction.class).orElse(Direction.SENDRECV);
    }

    /**
     * The address of a section.
     *
     * @param section a section of this description
     * @return its first c= line, else that of the session
     */
    public Optional<Connection> connection(MediaDescription section) {
        return section.connections().isEmpty()
                ? Optional.ofNullable(connection)
                : Optional.of(section.connections().get(0));
    }

    /**
     * The header extensions of a section (RFC 8285 section 6).
     *
     * @param section a section of this description
     * @return those of the session, then those of the section; a new list
     */
    public List<Extmap> extmaps(MediaDescription section) {
        List<Extmap> extmaps = new ArrayList<>(attributes.all(Extmap.class));
        extmaps.addAll(section.attributes().all(Extmap.class));
        return extmaps;
    }

    /**
     * This description with another origin.
     *
     * @param changed the o= line
     * @return the changed description
     */
    public SessionDescription withOrigin(Origin changed) {
        return toBuilder().origin(changed).build();
    }

    /**
     * This description with other attributes in its session part.
     *
     * @param changed the attributes
     * @return the changed description
     */
    public SessionDescription withAttributes(Attributes changed) {
        return toBuilder().attributes(changed).build();
    }

    /**
     * This description with another section in place of one.
     *
     * @param index the place in {@link #media()}
     * @param section the new section
     * @return the changed description
     * @throws IndexOutOfBoundsException when there is no such section
     */
    public SessionDescription withMedia(int index, MediaDescription section) {
        List<MediaDescription> changed = new ArrayList<>(media);
        changed.set(index, section);
        return toBuilder().media(changed).build();
    }

    /**
     * This description with other sections.
     *
     * @param sections the sections in their order
     * @return the changed description
     */
    public SessionDescription withMedia(List<MediaDescription> sections) {
        return toBuilder().media(sections).build();
    }

    /** The text of {@link #write()}. */
    @Override
    public String toString() {
        return write();
    }
}
