package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that the session part and media sections share, of the one that is being read; emptied after each. */
final class SectionLines {

    @Nullable
    String information;

    @Nullable
    String key;

    final List<Connection> connections = new ArrayList<>();
    final List<Bandwidth> bandwidths = new ArrayList<>();
    final List<UnknownLine> unknownLines = new ArrayList<>();

    private final List<Attribute> attributes = new ArrayList<>();

    /** By index, as far as the last attribute with a spelling of its own; most sections have none. */
    private final List<@Nullable String> spellings = new ArrayList<>();

    private int candidates;

    void add(Attribute attribute, @Nullable String spelling) {
        if (spelling != null) {
            padSpellings();
            spellings.add(spelling);
        }
        attributes.add(attribute);
        if (attribute instanceof Candidate) {
            candidates++;
        }
    }

    int attributes() {
        return attributes.size();
    }

    int candidates() {
        return candidates;
    }

    Attributes toAttributes() {
        if (!spellings.isEmpty()) {
            padSpellings();
        }
        return Attributes.spelled(attributes, spellings);
    }

    void clear() {
        information = null;
        key = null;
        connections.clear();
        bandwidths.clear();
        unknownLines.clear();
        attributes.clear();
        spellings.clear();
        candidates = 0;
    }

    private void padSpellings() {
        while (spellings.size() < attributes.size()) {
            spellings.add(null);
        }
    }
}
