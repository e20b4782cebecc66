package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Msid;
import org.webrtc4j.sdp.Rid;
import org.webrtc4j.sdp.Simulcast;
import org.webrtc4j.sdp.Ssrc;
import org.webrtc4j.sdp.SsrcGroup;

/** Reads what a section of the other side says of the streams it sends. */
public final class RemoteMedia {

    /** How many sources of a section are looked at; more are not signalled by anybody. */
    private static final int MAX_SOURCES = 64;

    private RemoteMedia() {}

    /**
     * Returns the streams that the track of the section is in.
     *
     * @param section a section of the other side
     * @return their identifications, each once, from a=msid, else from the sources as before RFC 8830
     */
    public static List<String> streamIds(MediaDescription section) {
        Set<String> ids = new LinkedHashSet<>();
        List<Msid> msids = section.msids();
        msids.forEach(each -> ids.add(each.streamId()));
        if (msids.isEmpty()) {
            for (Ssrc each : section.attributes().all(Ssrc.class)) {
                String value = each.attributeValue();
                if (each.attribute().equals("msid") && value != null && !value.isEmpty()) {
                    ids.add(value.split(" ", 2)[0]);
                }
            }
        }
        ids.remove(Msid.NO_STREAM);
        return List.copyOf(ids);
    }

    /**
     * Returns the rids that the section offers to send (RFC 8851): those of its simulcast that a=rid describes.
     *
     * @param section a section of the other side
     * @return in the order of the simulcast, or of the a=rid lines where there is no simulcast
     */
    public static List<String> sentRids(MediaDescription section) {
        Set<String> described = new LinkedHashSet<>();
        for (Rid each : section.attributes().all(Rid.class)) {
            if (each.sends()) {
                described.add(each.id());
            }
        }
        Simulcast simulcast = section.attributes().first(Simulcast.class).orElse(null);
        if (simulcast == null) {
            return List.copyOf(described);
        }
        List<String> ordered = new ArrayList<>();
        for (Simulcast.Stream stream : simulcast.send()) {
            stream.alternatives().forEach(each -> ordered.add(each.rid()));
        }
        ordered.retainAll(described);
        return ordered.stream().distinct().toList();
    }

    /**
     * Returns the streams that the section asks us to send at once (RFC 8853): of each the first alternative that a=rid
     * describes. Those that it wants paused at first are among them: webrtc-pc leaves what is active to the sender.
     *
     * @param section a section of the other side
     * @return their rids in the order of the simulcast; empty without simulcast
     */
    public static List<String> wantedRids(MediaDescription section) {
        List<String> described = receivedRids(section);
        Simulcast simulcast = section.attributes().first(Simulcast.class).orElse(null);
        List<String> wanted = new ArrayList<>();
        if (simulcast != null) {
            for (Simulcast.Stream stream : simulcast.receive()) {
                String rid = stream.alternatives().get(0).rid();
                if (described.contains(rid) && !wanted.contains(rid)) {
                    wanted.add(rid);
                }
            }
        }
        return wanted;
    }

    /**
     * Returns the rids that the section takes of what we send.
     *
     * @param section a section of the other side
     * @return in the order of the lines
     */
    public static List<String> receivedRids(MediaDescription section) {
        return section.attributes().all(Rid.class).stream()
                .filter(each -> !each.sends())
                .map(Rid::id)
                .distinct()
                .toList();
    }

    /**
     * Returns the sources that the section names.
     *
     * @param section a section of the other side
     * @return each with its retransmissions
     */
    public static List<MediaPlan.Source> sources(MediaDescription section) {
        List<MediaPlan.Source> sources = new ArrayList<>();
        Set<Long> repairs = new LinkedHashSet<>();
        for (SsrcGroup group : section.attributes().all(SsrcGroup.class)) {
            if (group.semantics().equals("FID") && group.ssrcs().size() == 2 && sources.size() < MAX_SOURCES) {
                sources.add(
                        new MediaPlan.Source(group.ssrcs().get(0), group.ssrcs().get(1)));
                repairs.add(group.ssrcs().get(1));
            }
        }
        for (SsrcGroup group : section.attributes().all(SsrcGroup.class)) {
            if (group.semantics().equals("FEC-FR") && group.ssrcs().size() == 2) {
                addRepair(sources, group.ssrcs().get(0), group.ssrcs().get(1));
                repairs.add(group.ssrcs().get(1));
            }
        }
        for (Ssrc each : section.attributes().all(Ssrc.class)) {
            boolean known =
                    repairs.contains(each.ssrc()) || sources.stream().anyMatch(source -> source.ssrc() == each.ssrc());
            if (!known && sources.size() < MAX_SOURCES) {
                sources.add(new MediaPlan.Source(each.ssrc(), MediaPlan.NO_SSRC));
            }
        }
        return sources;
    }

    /** A source is protected by the repair packets of another (RFC 5956 section 4.3). */
    private static void addRepair(List<MediaPlan.Source> sources, long ssrc, long fecSsrc) {
        for (int i = 0; i < sources.size(); i++) {
            MediaPlan.Source each = sources.get(i);
            if (each.ssrc() == ssrc) {
                boolean distinct = ssrc != fecSsrc && each.rtxSsrc() != fecSsrc;
                sources.set(i, new MediaPlan.Source(ssrc, each.rtxSsrc(), distinct ? fecSsrc : MediaPlan.NO_SSRC));
                return;
            }
        }
        if (sources.size() < MAX_SOURCES && ssrc != fecSsrc) {
            sources.add(new MediaPlan.Source(ssrc, MediaPlan.NO_SSRC, fecSsrc));
        }
    }

    /**
     * Returns the name of the other side's sources.
     *
     * @param section a section of the other side
     * @return its first cname, empty when it names none
     */
    public static String cname(MediaDescription section) {
        for (Ssrc each : section.attributes().all(Ssrc.class)) {
            String value = each.attributeValue();
            if (each.attribute().equals("cname") && value != null) {
                return value;
            }
        }
        return "";
    }
}
