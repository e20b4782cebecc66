package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An attribute that has no record here; kept, so that it is written again.
 *
 * @param name everything up to the colon
 * @param value everything behind the colon, null when there is none
 */
public record UnknownAttribute(String name, @Nullable String value) implements Attribute {

    /**
     * Checks the name and the value; the name of a known attribute is refused, since it would not be read back as this.
     *
     * @param name everything up to the colon
     * @param value everything behind the colon, null when there is none
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public UnknownAttribute {
        Grammar.text(name, "attribute name");
        Grammar.require(!name.isEmpty() && name.indexOf(':') < 0, "attribute name", "is empty or has a colon");
        if (value != null) {
            Grammar.text(value, "attribute value");
        }
        Grammar.require(!isKnown(value == null ? strip(name) : name), "attribute", "has a record of its own");
    }

    @Override
    public String attributeName() {
        return name;
    }

    @Override
    public boolean hasValue() {
        return value != null;
    }

    @Override
    public void appendValue(StringBuilder out) {
        if (value != null) {
            out.append(value);
        }
    }

    /** The name without the blanks that some stacks leave at the end of a line. */
    static String strip(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == ' ') {
            end--;
        }
        return name.substring(0, end);
    }

    static boolean isKnown(String name) {
        return switch (name) {
            case Candidate.NAME,
                    Crypto.NAME,
                    Extmap.NAME,
                    Fingerprint.NAME,
                    Fmtp.NAME,
                    Framerate.NAME,
                    Group.NAME,
                    IceOptions.NAME,
                    IcePacing.NAME,
                    IcePwd.NAME,
                    IceUfrag.NAME,
                    Identity.NAME,
                    ImageAttr.NAME,
                    MaxMessageSize.NAME,
                    Mid.NAME,
                    Msid.NAME,
                    MsidSemantic.NAME,
                    PacketTime.PTIME,
                    PacketTime.MAXPTIME,
                    RemoteCandidates.NAME,
                    Rid.NAME,
                    Rtcp.NAME,
                    RtcpFeedback.NAME,
                    RtcpXr.NAME,
                    Rtpmap.NAME,
                    SctpInit.NAME,
                    SctpPort.NAME,
                    Sctpmap.NAME,
                    Setup.NAME,
                    Simulcast.NAME,
                    Ssrc.NAME,
                    SsrcGroup.NAME,
                    TlsId.NAME -> true;
            default -> Information.Kind.of(name) != null || Direction.of(name) != null || Flag.of(name) != null;
        };
    }
}
