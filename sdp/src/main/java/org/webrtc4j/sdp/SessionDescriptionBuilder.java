package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a session description; not thread-safe, may be used again after building. */
public final class SessionDescriptionBuilder {

    private Origin origin;
    private String name = "-";
    private @Nullable String information;
    private @Nullable String uri;
    private List<String> emails = List.of();
    private List<String> phones = List.of();
    private @Nullable Connection connection;
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private List<TimeDescription> times = List.of(TimeDescription.ALWAYS);
    private List<TimeZoneAdjustment> timeZones = List.of();
    private @Nullable String key;
    private Attributes base = Attributes.NONE;
    private final List<Attribute> added = new ArrayList<>();
    private List<UnknownLine> unknownLines = List.of();
    private final List<MediaDescription> media = new ArrayList<>();

    SessionDescriptionBuilder(Origin origin) {
        this.origin = origin;
    }

    SessionDescriptionBuilder(SessionDescription from) {
        this(from.origin());
        name = from.name();
        information = from.information();
        uri = from.uri();
        emails = from.emails();
        phones = from.phones();
        connection = from.connection();
        bandwidths.addAll(from.bandwidths());
        times = from.times();
        timeZones = from.timeZones();
        key = from.key();
        base = from.attributes();
        unknownLines = from.unknownLines();
        media.addAll(from.media());
    }

    /**
     * Replaces the o= line.
     *
     * @param value the line
     * @return this
     */
    public SessionDescriptionBuilder origin(Origin value) {
        origin = value;
        return this;
    }

    /**
     * Sets the s= line, {@code -} at first.
     *
     * @param value its text
     * @return this
     */
    public SessionDescriptionBuilder name(String value) {
        name = value;
        return this;
    }

    /**
     * Sets the i= line.
     *
     * @param value its text
     * @return this
     */
    public SessionDescriptionBuilder information(String value) {
        information = value;
        return this;
    }

    /**
     * Sets the u= line.
     *
     * @param value its text
     * @return this
     */
    public SessionDescriptionBuilder uri(String value) {
        uri = value;
        return this;
    }

    /**
     * Replaces the e= lines.
     *
     * @param values their texts
     * @return this
     */
    public SessionDescriptionBuilder emails(List<String> values) {
        emails = values;
        return this;
    }

    /**
     * Replaces the p= lines.
     *
     * @param values their texts
     * @return this
     */
    public SessionDescriptionBuilder phones(List<String> values) {
        phones = values;
        return this;
    }

    /**
     * Sets the c= line.
     *
     * @param value the line
     * @return this
     */
    public SessionDescriptionBuilder connection(Connection value) {
        connection = value;
        return this;
    }

    /**
     * Adds a b= line.
     *
     * @param value the line
     * @return this
     */
    public SessionDescriptionBuilder bandwidth(Bandwidth value) {
        bandwidths.add(value);
        return this;
    }

    /**
     * Replaces the t= lines, {@code 0 0} at first.
     *
     * @param values the lines with their repeats
     * @return this
     */
    public SessionDescriptionBuilder times(List<TimeDescription> values) {
        times = values;
        return this;
    }

    /**
     * Replaces the z= line.
     *
     * @param values the adjustments
     * @return this
     */
    public SessionDescriptionBuilder timeZones(List<TimeZoneAdjustment> values) {
        timeZones = values;
        return this;
    }

    /**
     * Adds an attribute.
     *
     * @param value the attribute
     * @return this
     */
    public SessionDescriptionBuilder attribute(Attribute value) {
        added.add(value);
        return this;
    }

    /**
     * Replaces all attributes.
     *
     * @param value the attributes
     * @return this
     */
    public SessionDescriptionBuilder attributes(Attributes value) {
        base = value;
        added.clear();
        return this;
    }

    /**
     * Adds a section.
     *
     * @param value the section
     * @return this
     */
    public SessionDescriptionBuilder media(MediaDescription value) {
        media.add(value);
        return this;
    }

    /**
     * Replaces all sections.
     *
     * @param values the sections in their order
     * @return this
     */
    public SessionDescriptionBuilder media(List<MediaDescription> values) {
        List<MediaDescription> copy = List.copyOf(values);
        media.clear();
        media.addAll(copy);
        return this;
    }

    /**
     * The description.
     *
     * @return a new description
     * @throws IllegalArgumentException when a part could not be written
     */
    public SessionDescription build() {
        return new SessionDescription(
                origin,
                name,
                information,
                uri,
                emails,
                phones,
                connection,
                bandwidths,
                times,
                timeZones,
                key,
                added.isEmpty() ? base : base.with(added),
                unknownLines,
                media);
    }
}
