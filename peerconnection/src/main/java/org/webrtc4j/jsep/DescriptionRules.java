package org.webrtc4j.jsep;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/** What a description of the other side must keep to (RFC 9429 sections 5.8 and 5.10); a breach refuses it as a whole. */
public final class DescriptionRules {

    private DescriptionRules() {}

    /**
     * Checks an offer and finds the data section to take.
     *
     * @param offer the offer
     * @param current the other side's description of the last exchange, or null
     * @param liveData the index of the data section in use, or -1
     * @param role our DTLS role, or null before it was negotiated
     * @return the index of the data section to take, or -1
     * @throws RefusedDescription when the offer breaks a rule
     */
    public static int checkOffer(
            SessionDescription offer, @Nullable SessionDescription current, int liveData, @Nullable DtlsRole role) {
        if (current != null && offer.media().size() < current.media().size()) {
            throw new RefusedDescription("The offer has fewer media sections than the descriptions before it");
        }
        int data = DescriptionWriter.dataSection(offer);
        if (data >= 0) {
            if (liveData >= 0 && current != null) {
                Optional<String> mid = current.media().get(liveData).mid();
                MediaDescription same = offer.media().get(liveData);
                if (!same.isRejected() && !same.mid().equals(mid)) {
                    throw new RefusedDescription("The data section has another mid than before");
                }
            }
            RemoteTransport transport =
                    RemoteTransport.read(offer, offer.media().get(data));
            answerSetup(transport, role);
        }
        return data;
    }

    /**
     * Checks an answer and tells whether the data section was taken.
     *
     * @param answer the answer
     * @param offer our offer
     * @param offeredData the index of the data section in our offer, or -1
     * @param role our DTLS role, or null before it was negotiated
     * @return the index of the data section, or -1 when there is none or it was rejected
     * @throws RefusedDescription when the answer breaks a rule
     */
    public static int checkAnswer(
            SessionDescription answer, SessionDescription offer, int offeredData, @Nullable DtlsRole role) {
        if (answer.media().size() != offer.media().size()) {
            throw new RefusedDescription("The answer has " + answer.media().size() + " media sections, the offer "
                    + offer.media().size());
        }
        for (int i = 0; i < answer.media().size(); i++) {
            MediaDescription theirs = answer.media().get(i);
            MediaDescription ours = offer.media().get(i);
            if (!theirs.media().equals(ours.media())) {
                throw new RefusedDescription("Section " + i + " of the answer is of another kind than in the offer");
            }
            if (theirs.mid().isPresent() && !theirs.mid().equals(ours.mid())) {
                throw new RefusedDescription("Section " + i + " of the answer has another mid than in the offer");
            }
            if (i != offeredData && !theirs.isRejected()) {
                throw new RefusedDescription("Section " + i + " of the answer takes what the offer gave up");
            }
        }
        if (offeredData < 0 || answer.media().get(offeredData).isRejected()) {
            return -1;
        }
        if (!answer.media().get(offeredData).isDataChannel()) {
            throw new RefusedDescription("The answer changes the protocol of the data section");
        }
        offererRole(RemoteTransport.read(answer, answer.media().get(offeredData)), role);
        return offeredData;
    }

    /**
     * Decides the role of the answerer (RFC 8842 section 5.3): active where it may choose.
     *
     * @param offer the transport offered
     * @param role our DTLS role, or null before it was negotiated
     * @return active or passive
     * @throws RefusedDescription when the offer would change the roles of an association that lives on
     */
    public static Setup answerSetup(RemoteTransport offer, @Nullable DtlsRole role) {
        Setup offered = offer.setup().orElse(Setup.ACTPASS);
        if (role == null) {
            return offered == Setup.ACTIVE ? Setup.PASSIVE : Setup.ACTIVE;
        }
        Setup kept = role == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE;
        if (offered == kept) {
            throw new RefusedDescription("The offer changes the DTLS roles without a new association");
        }
        return kept;
    }

    /**
     * Decides the role of the offerer from the answer.
     *
     * @param answer the transport of the answer
     * @param role our DTLS role, or null before it was negotiated
     * @return our role
     * @throws RefusedDescription when the answer leaves the roles open, or would change them
     */
    public static DtlsRole offererRole(RemoteTransport answer, @Nullable DtlsRole role) {
        // Absent means active (RFC 4145 section 4.1).
        Setup answered = answer.setup().orElse(Setup.ACTIVE);
        if (answered == Setup.ACTPASS || answered == Setup.HOLDCONN) {
            throw new RefusedDescription("An answer says active or passive, not " + answered.role());
        }
        DtlsRole ours = answered == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT;
        if (role != null && role != ours) {
            throw new RefusedDescription("The answer changes the DTLS roles without a new association");
        }
        return ours;
    }
}
