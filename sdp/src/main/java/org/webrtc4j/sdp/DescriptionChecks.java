package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What attributes of one description may not say together; the list stands at {@link SessionDescription}. Sees each
 * attribute once, while the cursor stands on its line.
 */
final class DescriptionChecks {

    private final Set<String> mids = new HashSet<>();
    private final Set<String> bundled = new HashSet<>();
    private final List<PlacedBundle> bundles = new ArrayList<>();
    private boolean media;
    private boolean dtls;

    // of the section that is being read
    private @Nullable Attribute mid;
    private @Nullable Attribute direction;
    private @Nullable Attribute setup;
    private @Nullable Attribute ufrag;
    private @Nullable Attribute pwd;
    private @Nullable Attribute sctpPort;
    private @Nullable Attribute maxMessageSize;
    private @Nullable Attribute sctpInit;
    private final Map<Integer, String> extensions = new HashMap<>();

    private record PlacedBundle(Group group, int line) {}

    /** A new media section; what it may say once is open again. */
    void beginMedia(String protocol) {
        media = true;
        dtls = MediaDescription.isDtls(protocol);
        mid = null;
        direction = null;
        setup = null;
        ufrag = null;
        pwd = null;
        sctpPort = null;
        maxMessageSize = null;
        sctpInit = null;
        extensions.clear();
    }

    void attribute(Attribute attribute, Cursor cursor, int place) {
        if (attribute instanceof Mid m) {
            mid(m, cursor, place);
        } else if (attribute instanceof Direction) {
            direction = once(direction, attribute, cursor, place);
        } else if (attribute instanceof Setup) {
            setup = once(setup, attribute, cursor, place);
            if (dtls && attribute == Setup.HOLDCONN) {
                throw cursor.failureAt(place, "holdconn is not allowed with DTLS");
            }
        } else if (attribute instanceof IceUfrag) {
            ufrag = once(ufrag, attribute, cursor, place);
        } else if (attribute instanceof IcePwd) {
            pwd = once(pwd, attribute, cursor, place);
        } else if (attribute instanceof SctpPort) {
            sctpPort = once(sctpPort, attribute, cursor, place);
        } else if (attribute instanceof MaxMessageSize) {
            maxMessageSize = once(maxMessageSize, attribute, cursor, place);
        } else if (attribute instanceof SctpInit) {
            sctpInit = once(sctpInit, attribute, cursor, place);
        } else if (attribute instanceof Extmap extmap) {
            String earlier = extensions.putIfAbsent(extmap.id(), extmap.uri());
            // 4096 and above stand for identifiers not chosen yet, so several extensions may share one (RFC 8285
            // section 6)
            if (earlier != null && extmap.id() < 4096 && !earlier.equals(extmap.uri())) {
                throw cursor.failureAt(place, "the identifier " + extmap.id() + " names two extensions");
            }
        } else if (!media && attribute instanceof Group group && group.isBundle()) {
            bundle(group, cursor, place);
        }
    }

    /** The end of the description: bundles name sections that exist (RFC 9143 section 7.1). */
    void finish() {
        for (PlacedBundle bundle : bundles) {
            for (String member : bundle.group().mids()) {
                if (!mids.contains(member)) {
                    throw new SdpException(bundle.line(), 3, "the bundle names a section that does not exist");
                }
            }
        }
    }

    private void mid(Mid attribute, Cursor cursor, int place) {
        Attribute earlier = mid;
        mid = once(mid, attribute, cursor, place);
        // a mid at session level identifies nothing
        if (media && earlier == null && !mids.add(attribute.id())) {
            throw cursor.failureAt(place, "two sections have this mid");
        }
    }

    private void bundle(Group group, Cursor cursor, int place) {
        for (String member : group.mids()) {
            if (!bundled.add(member)) {
                throw cursor.failureAt(place, "a section is in two bundles or twice in one");
            }
        }
        bundles.add(new PlacedBundle(group, cursor.line()));
    }

    private static Attribute once(@Nullable Attribute earlier, Attribute attribute, Cursor cursor, int place) {
        if (earlier != null && !earlier.equals(attribute)) {
            throw cursor.failureAt(place, "a second " + attribute.attributeName() + " contradicts the first");
        }
        return attribute;
    }
}
