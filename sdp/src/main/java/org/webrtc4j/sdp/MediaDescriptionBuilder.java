package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a media section; not thread-safe, may be used again after building. */
public final class MediaDescriptionBuilder {

    private final String media;
    private final String protocol;
    private List<String> formats;
    private int port = 9;
    private int portCount = 1;
    private @Nullable String information;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private @Nullable String key;
    private Attributes base = Attributes.NONE;
    private final List<Attribute> added = new ArrayList<>();
    private List<UnknownLine> unknownLines = List.of();

    MediaDescriptionBuilder(String media, String protocol, List<String> formats) {
        this.media = media;
        this.protocol = protocol;
        this.formats = formats;
    }

    MediaDescriptionBuilder(MediaDescription from) {
        this(from.media(), from.protocol(), from.formats());
        port = from.port();
        portCount = from.portCount();
        information = from.information();
        connections.addAll(from.connections());
        bandwidths.addAll(from.bandwidths());
        key = from.key();
        base = from.attributes();
        unknownLines = from.unknownLines();
    }

    /**
     * Sets the port, 9 at first.
     *
     * @param value 0 to 65535
     * @return this
     */
    public MediaDescriptionBuilder port(int value) {
        port = value;
        return this;
    }

    /**
     * Sets how many ports follow each other, 1 at first.
     *
     * @param value 1 to 65535
     * @return this
     */
    public MediaDescriptionBuilder portCount(int value) {
        portCount = value;
        return this;
    }

    /**
     * Replaces the formats.
     *
     * @param value at least one
     * @return this
     */
    public MediaDescriptionBuilder formats(List<String> value) {
        formats = value;
        return this;
    }

    /**
     * Sets the i= line.
     *
     * @param value its text
     * @return this
     */
    public MediaDescriptionBuilder information(String value) {
        information = value;
        return this;
    }

    /**
     * Replaces the c= lines by one.
     *
     * @param value the line
     * @return this
     */
    public MediaDescriptionBuilder connection(Connection value) {
        connections.clear();
        connections.add(value);
        return this;
    }

    /**
     * Adds a b= line.
     *
     * @param value the line
     * @return this
     */
    public MediaDescriptionBuilder bandwidth(Bandwidth value) {
        bandwidths.add(value);
        return this;
    }

    /**
     * Adds an attribute.
     *
     * @param value the attribute
     * @return this
     */
    public MediaDescriptionBuilder attribute(Attribute value) {
        added.add(value);
        return this;
    }

    /**
     * Adds attributes.
     *
     * @param values the attributes in their order
     * @return this
     */
    public MediaDescriptionBuilder attributes(List<? extends Attribute> values) {
        added.addAll(values);
        return this;
    }

    /**
     * Replaces all attributes.
     *
     * @param value the attributes
     * @return this
     */
    public MediaDescriptionBuilder attributes(Attributes value) {
        base = value;
        added.clear();
        return this;
    }

    /**
     * The section.
     *
     * @return a new section
     * @throws IllegalArgumentException when a part could not be written
     */
    public MediaDescription build() {
        return new MediaDescription(
                media,
                port,
                portCount,
                protocol,
                formats,
                information,
                connections,
                bandwidths,
                key,
                added.isEmpty() ? base : base.with(added),
                unknownLines);
    }
}
