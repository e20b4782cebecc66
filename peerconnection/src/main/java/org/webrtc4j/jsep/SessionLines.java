package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.Group;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Msid;
import org.webrtc4j.sdp.MsidSemantic;
import org.webrtc4j.sdp.Origin;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.SessionDescriptionBuilder;

/** Puts sections together to a description. */
final class SessionLines {

    private SessionLines() {}

    static SessionDescription assemble(
            Origin origin,
            List<MediaDescription> sections,
            List<String> bundled,
            boolean mixedExtensions,
            LocalTransport transport) {
        SessionDescriptionBuilder builder = SessionDescription.builder(origin).media(sections);
        if (!bundled.isEmpty()) {
            builder.attribute(Group.bundle(bundled));
        }
        if (mixedExtensions) {
            builder.attribute(Flag.EXTMAP_ALLOW_MIXED);
        }
        if (sections.stream().anyMatch(MediaDescription::isRtp)) {
            builder.attribute(new MsidSemantic("WMS", streams(sections)));
        }
        if (transport.ice().lite()) {
            builder.attribute(Flag.ICE_LITE);
        }
        return builder.build();
    }

    private static List<String> streams(List<MediaDescription> sections) {
        List<String> streams = new ArrayList<>();
        for (MediaDescription section : sections) {
            for (Msid each : section.msids()) {
                if (!each.streamId().equals(Msid.NO_STREAM) && !streams.contains(each.streamId())) {
                    streams.add(each.streamId());
                }
            }
        }
        return streams;
    }
}
