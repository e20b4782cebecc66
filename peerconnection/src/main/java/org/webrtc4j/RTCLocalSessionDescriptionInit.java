package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * What setLocalDescription takes.
 *
 * @param type the kind; null when absent: an offer or answer, whichever is due
 * @param sdp the text that createOffer or createAnswer last gave; empty to have it made
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtclocalsessiondescriptioninit">the specification</a>
 */
public record RTCLocalSessionDescriptionInit(@Nullable RTCSdpType type, String sdp) {}
