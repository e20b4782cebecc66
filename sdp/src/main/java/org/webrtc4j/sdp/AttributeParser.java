package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/** Finds the record of an attribute by its name; the grammar of each stands in the record. */
final class AttributeParser {

    private AttributeParser() {}

    /** Reads the rest of the cursor's line, which begins with the attribute's name. */
    static Attribute parse(Cursor cursor) {
        int start = cursor.position();
        String name = cursor.until(':', ':', "the name of the attribute");
        boolean hasValue = cursor.accept(':');
        int valueStart = cursor.position();
        try {
            Attribute known = hasValue ? valued(name, cursor) : property(UnknownAttribute.strip(name));
            if (known != null) {
                cursor.expectEnd();
                return known;
            }
            if (!hasValue && UnknownAttribute.isKnown(name)) {
                throw cursor.failure("the value of " + UnknownAttribute.strip(name) + " is missing");
            }
            return new UnknownAttribute(name, hasValue ? cursor.rest() : null);
        } catch (IllegalArgumentException refused) {
            throw cursor.failureAt(hasValue ? valueStart : start, String.valueOf(refused.getMessage()));
        }
    }

    private static @Nullable Attribute property(String name) {
        Attribute direction = Direction.of(name);
        return direction != null ? direction : Flag.of(name);
    }

    private static @Nullable Attribute valued(String name, Cursor cursor) {
        return switch (name) {
            case Candidate.NAME -> Candidate.parse(cursor);
            case Crypto.NAME -> Crypto.parse(cursor);
            case Extmap.NAME -> Extmap.parse(cursor);
            case Fingerprint.NAME -> new Fingerprint(cursor.word("the hash function"), cursor.word("the fingerprint"));
            case Fmtp.NAME -> Fmtp.parse(cursor);
            case Framerate.NAME -> new Framerate(cursor.word("the frame rate"));
            case Group.NAME -> Group.parse(cursor);
            case IceOptions.NAME -> IceOptions.parse(cursor);
            case IcePacing.NAME -> new IcePacing((int) cursor.numberWord("the pacing", IcePacing.MAX_MILLIS));
            case IcePwd.NAME -> new IcePwd(cursor.word("the password"));
            case IceUfrag.NAME -> new IceUfrag(cursor.word("the user fragment"));
            case Identity.NAME -> new Identity(cursor.trimmedRest("the assertion"));
            case ImageAttr.NAME ->
                new ImageAttr(cursor.word("the payload type"), cursor.trimmedRest("the image sizes"));
            case MaxMessageSize.NAME -> new MaxMessageSize(cursor.numberWord("the size", Long.MAX_VALUE));
            case Mid.NAME -> new Mid(cursor.word("the identification"));
            case Msid.NAME -> Msid.parse(cursor);
            case MsidSemantic.NAME -> MsidSemantic.parse(cursor);
            case RemoteCandidates.NAME -> RemoteCandidates.parse(cursor);
            case Rid.NAME -> Rid.parse(cursor);
            case Rtcp.NAME -> Rtcp.parse(cursor);
            case RtcpFeedback.NAME -> RtcpFeedback.parse(cursor);
            case RtcpXr.NAME -> new RtcpXr(cursor.moreWords() ? cursor.trimmedRest("the formats") : "");
            case Rtpmap.NAME -> Rtpmap.parse(cursor);
            case SctpInit.NAME -> new SctpInit(cursor.word("the INIT chunk"));
            case SctpPort.NAME -> new SctpPort((int) cursor.numberWord("the port", 65_535));
            case Sctpmap.NAME -> Sctpmap.parse(cursor);
            case Setup.NAME -> Setup.parse(cursor);
            case Simulcast.NAME -> Simulcast.parse(cursor);
            case Ssrc.NAME -> Ssrc.parse(cursor);
            case SsrcGroup.NAME -> SsrcGroup.parse(cursor);
            case TlsId.NAME -> new TlsId(cursor.word("the association"));
            case PacketTime.PTIME, PacketTime.MAXPTIME -> PacketTime.parse(name, cursor);
            default -> refusingValue(name, cursor);
        };
    }

    private static @Nullable Attribute refusingValue(String name, Cursor cursor) {
        Information.Kind kind = Information.Kind.of(name);
        if (kind != null) {
            return new Information(kind, cursor.rest());
        }
        if (property(name) != null) {
            throw cursor.failure(name + " takes no value");
        }
        return null;
    }
}
