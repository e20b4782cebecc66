package org.webrtc4j.jsep;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.sdp.Setup;

/** Who is client and who is server of DTLS (RFC 8842 section 5): decided once, kept as long as the association lives. */
public final class DtlsRoles {

    private DtlsRoles() {}

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
