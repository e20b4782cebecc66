package org.webrtc4j.ice.agent;

import java.util.EnumMap;
import java.util.Map;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceStats.PairState;

/** Puts into a sentence what a generation tried and what came back. */
record Explanation(
        Generation generation,
        IceRole role,
        boolean started,
        boolean lite,
        long requestsReceived,
        DropCounters<DropReason> drops) {

    @Override
    public String toString() {
        if (generation.selected() != null) {
            return "A pair is in use; " + tried() + ".";
        }
        if (generation.remote() == null) {
            return "The remote credentials never came" + asked() + ".";
        }
        if (!started || role == IceRole.UNKNOWN) {
            return "Checks were never started" + asked() + ".";
        }
        if (lite) {
            return "This side is lite and waits for checks" + asked() + ".";
        }
        if (generation.checklist().pairs().isEmpty()) {
            String remotes = generation.hasRemoteCandidates()
                    ? "no remote candidate can be reached from a local port"
                    : "no usable remote candidate came";
            return "There was nothing to check: " + remotes + asked() + refused() + ".";
        }
        String outcome = generation.checklist().pairs().stream().anyMatch(pair -> pair.lastSuccessNanos != 0)
                ? "Consent ran out: answers stopped coming; "
                : "No pair connected; ";
        return outcome + tried() + asked() + refused() + ".";
    }

    private String tried() {
        long requests = 0;
        long responses = 0;
        int succeeded = 0;
        for (CandidatePair pair : generation.checklist().pairs()) {
            requests += pair.requestsSent;
            responses += pair.responsesReceived;
            succeeded += pair.state == PairState.SUCCEEDED || pair.responsesReceived > 0 ? 1 : 0;
        }
        return generation.checklist().pairs().size() + " pairs were tried with " + requests + " checks, " + succeeded
                + " of them answered, " + responses + " answers came" + connections();
    }

    /** How many TCP connections there are not, by reason. */
    private String connections() {
        Map<ConnectionEnd, Integer> ends = new EnumMap<>(ConnectionEnd.class);
        for (CandidatePair pair : generation.checklist().pairs()) {
            if (pair.end != null) {
                ends.merge(pair.end, 1, Integer::sum);
            }
        }
        StringBuilder text = new StringBuilder();
        ends.forEach((end, count) -> text.append(", ")
                .append(count)
                .append(count == 1 ? " TCP connection was " : " TCP connections were ")
                .append(end.text()));
        return text.toString();
    }

    private String asked() {
        return requestsReceived == 0
                ? ", no authentic check came from the peer"
                : ", " + requestsReceived + " authentic checks came from the peer";
    }

    private String refused() {
        String text = "";
        long filtered = drops.get(DropReason.CANDIDATE_FILTERED);
        long unusable = drops.get(DropReason.CANDIDATE_UNUSABLE);
        long wrong = drops.get(DropReason.WRONG_INTEGRITY);
        if (filtered > 0) {
            text += ", " + filtered + " remote candidates were not allowed";
        }
        if (unusable > 0) {
            text += ", " + unusable + " could not be used";
        }
        return wrong == 0 ? text : text + ", " + wrong + " messages had a wrong password";
    }
}
