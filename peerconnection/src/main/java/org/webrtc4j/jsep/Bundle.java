package org.webrtc4j.jsep;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.webrtc4j.sdp.Group;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;

/**
 * The sections of a description of the other side that share the one transport of this connection (RFC 9143). What is
 * outside of the bundle has no transport here.
 *
 * @param carrier the index of the section whose transport is taken, or -1 when there is none
 * @param members the indices of the sections that lie on that transport
 */
record Bundle(int carrier, Set<Integer> members) {

    /**
     * Chooses the transport: that of the first usable section, or of the bundle it is in. The section that the other side
     * put first in the bundle describes it, when it is usable (RFC 9143 section 7.3.1).
     *
     * @param usable for each section whether it could be taken
     * @param preferred a section whose transport is in use already, or -1
     */
    static Bundle of(SessionDescription description, boolean[] usable, int preferred) {
        int first = preferred >= 0 && preferred < usable.length && usable[preferred] ? preferred : first(usable);
        if (first < 0) {
            return new Bundle(-1, Set.of());
        }
        Optional<Group> group = description.bundleOf(description.media().get(first));
        if (group.isEmpty()) {
            return new Bundle(first, Set.of(first));
        }
        Set<Integer> members = new TreeSet<>();
        for (int i = 0; i < usable.length; i++) {
            MediaDescription section = description.media().get(i);
            if (usable[i] && description.bundleOf(section).equals(group)) {
                members.add(i);
            }
        }
        int carrier = -1;
        for (String mid : group.get().mids()) {
            int index = description.indexOfMid(mid);
            if (carrier < 0 && members.contains(index)) {
                carrier = index;
            }
        }
        return new Bundle(carrier < 0 ? first : carrier, members);
    }

    boolean contains(int index) {
        return members.contains(index);
    }

    private static int first(boolean[] usable) {
        for (int i = 0; i < usable.length; i++) {
            if (usable[i]) {
                return i;
            }
        }
        return -1;
    }
}
