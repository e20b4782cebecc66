package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * One a= line: a record per attribute that is known, or {@link UnknownAttribute}.
 *
 * <p>Attributes are values. {@link #text()} is the canonical form; a description that was parsed is written with the
 * spelling it came with (see {@link Attributes}).
 */
public sealed interface Attribute
        permits Candidate,
                Crypto,
                Direction,
                Extmap,
                Fingerprint,
                Flag,
                Fmtp,
                Framerate,
                Group,
                IceOptions,
                IcePacing,
                IcePwd,
                IceUfrag,
                Identity,
                ImageAttr,
                Information,
                MaxMessageSize,
                Mid,
                Msid,
                MsidSemantic,
                PacketTime,
                RemoteCandidates,
                Rid,
                Rtcp,
                RtcpFeedback,
                RtcpXr,
                Rtpmap,
                SctpInit,
                SctpPort,
                Sctpmap,
                Setup,
                Simulcast,
                Ssrc,
                SsrcGroup,
                TlsId,
                UnknownAttribute {

    /**
     * The name of the attribute, e.g. {@code ice-ufrag}; names are case-sensitive (RFC 8866 section 5.13).
     *
     * @return the name
     */
    String attributeName();

    /**
     * Appends what follows the colon, nothing for an attribute without a value.
     *
     * @param out where to write
     */
    void appendValue(StringBuilder out);

    /**
     * Tells a value attribute from a property attribute.
     *
     * @return false when the line is the name alone
     */
    default boolean hasValue() {
        return true;
    }

    /**
     * Appends name and value as they follow {@code a=}.
     *
     * @param out where to write
     */
    default void appendTo(StringBuilder out) {
        out.append(attributeName());
        if (hasValue()) {
            out.append(':');
            appendValue(out);
        }
    }

    /**
     * What follows the colon.
     *
     * @return the value in its canonical form, or null for a property attribute
     */
    default @Nullable String value() {
        if (!hasValue()) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        appendValue(out);
        return out.toString();
    }

    /**
     * The attribute in its canonical form, as it follows {@code a=}, e.g. {@code mid:0}.
     *
     * @return the text
     */
    default String text() {
        StringBuilder out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }

    /**
     * Reads one attribute.
     *
     * @param text name and value as they follow {@code a=}, without a line end
     * @return the attribute; {@link UnknownAttribute} when the name is not known here
     * @throws SdpException when a known attribute breaks its grammar, or the text is no attribute; columns count from the
     *     begin of the text
     */
    static Attribute parse(CharSequence text) {
        String line = text.toString();
        if (line.length() > SdpLimits.DEFAULT.maxLineLength()) {
            throw new SdpException(1, SdpLimits.DEFAULT.maxLineLength() + 1, "the line is too long");
        }
        return AttributeParser.parse(new Cursor(line));
    }
}
