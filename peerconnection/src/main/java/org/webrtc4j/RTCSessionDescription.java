package org.webrtc4j;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.SessionDescription;

/**
 * A description of one side of a connection. A value, which any thread may use.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsessiondescription-class">the specification</a>
 */
public final class RTCSessionDescription {

    private final RTCSdpType type;
    private final @Nullable SessionDescription parsed;

    /** Written when first asked for: a description grows with each candidate, and few of its forms are ever read. */
    private @Nullable String sdp;

    /**
     * Creates a description.
     *
     * @param init its members
     */
    public RTCSessionDescription(RTCSessionDescriptionInit init) {
        this.type = init.type();
        this.parsed = null;
        this.sdp = init.sdp();
    }

    RTCSessionDescription(RTCSdpType type, SessionDescription parsed) {
        this.type = type;
        this.parsed = parsed;
    }

    /**
     * Returns its kind.
     *
     * @return the kind
     */
    public RTCSdpType type() {
        return type;
    }

    /**
     * Returns its text.
     *
     * @return the text
     */
    public String sdp() {
        // Two threads may both write it: the same text, safely published as every String is.
        String text = sdp;
        if (text == null) {
            text = parsed == null ? "" : parsed.write();
            sdp = text;
        }
        return text;
    }

    /**
     * Returns what signalling carries.
     *
     * @return the dictionary
     */
    public RTCSessionDescriptionInit toJSON() {
        return new RTCSessionDescriptionInit(type, sdp());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RTCSessionDescription that && type == that.type && sdp().equals(that.sdp());
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + sdp().hashCode();
    }

    @Override
    public String toString() {
        return "RTCSessionDescription[type=" + type + ", sdp=" + sdp() + ']';
    }
}
