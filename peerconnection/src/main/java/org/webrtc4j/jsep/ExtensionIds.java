package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;

/**
 * Gives identifiers to the header extensions of an offer. Within a bundle an identifier names one extension only, and an
 * extension has one identifier (RFC 9143 section 10.1.2); what was negotiated stays (RFC 8285 section 6).
 */
final class ExtensionIds {

    private static final int LAST_ONE_BYTE = 14;
    private static final int FIRST_TWO_BYTE = 16;
    static final int LAST = 255;

    private final Map<String, Integer> byUri = new HashMap<>();
    private final Map<Integer, String> byId = new HashMap<>();

    /** What both sides' descriptions of the last exchange say is taken. */
    ExtensionIds(@Nullable SessionDescription local, @Nullable SessionDescription remote) {
        take(local);
        take(remote);
    }

    private void take(@Nullable SessionDescription description) {
        if (description == null) {
            return;
        }
        for (MediaDescription section : description.media()) {
            for (Extmap each : description.extmaps(section)) {
                if (each.id() <= LAST) {
                    boolean clear =
                            byId.computeIfAbsent(each.id(), id -> each.uri()).equals(each.uri());
                    if (clear) {
                        byUri.putIfAbsent(each.uri(), each.id());
                    }
                }
            }
        }
    }

    /** The a=extmap lines of one section. */
    List<Extmap> lines(List<ExtensionSpec> extensions) {
        List<Extmap> lines = new ArrayList<>();
        for (ExtensionSpec each : extensions) {
            Direction direction = each.direction();
            int id = direction == null ? -1 : idOf(each);
            if (id > 0) {
                lines.add(new Extmap(id, direction == Direction.SENDRECV ? null : direction, each.uri(), null));
            }
        }
        return lines;
    }

    private int idOf(ExtensionSpec extension) {
        Integer known = byUri.get(extension.uri());
        if (known != null) {
            return known;
        }
        int id = extension.id();
        if (byId.containsKey(id)) {
            id = 1;
            while (id <= LAST && byId.containsKey(id)) {
                id = id == LAST_ONE_BYTE ? FIRST_TWO_BYTE : id + 1;
            }
        }
        if (id > LAST) {
            return -1;
        }
        byId.put(id, extension.uri());
        byUri.put(extension.uri(), id);
        return id;
    }
}
