package org.webrtc4j.jsep;

import java.util.List;
import org.webrtc4j.sdp.Attributes;
import org.webrtc4j.sdp.Candidate;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;

/** Lets descriptions grow with the candidates that trickle in. */
public final class CandidateLines {

    private CandidateLines() {}

    /**
     * Adds candidates to the section of a description that carries the transport of either side.
     *
     * @param description the description
     * @param index that section
     * @param candidates what to add; those that are there are not repeated
     * @param complete whether no candidate follows
     * @return the longer description
     */
    public static SessionDescription withCandidates(
            SessionDescription description, int index, List<Candidate> candidates, boolean complete) {
        MediaDescription section = description.media().get(index);
        Attributes attributes = section.attributes();
        for (Candidate each : candidates) {
            if (!attributes.contains(each)) {
                attributes = attributes.with(each);
            }
        }
        if (complete && !attributes.contains(Flag.END_OF_CANDIDATES)) {
            attributes = attributes.with(Flag.END_OF_CANDIDATES);
        }
        return description.withMedia(index, section.withAttributes(attributes));
    }
}
