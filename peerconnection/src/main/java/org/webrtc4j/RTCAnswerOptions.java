package org.webrtc4j;

/**
 * What createAnswer is asked for. The specification gives it no members yet.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dictionary-rtcansweroptions-members">the specification</a>
 */
public record RTCAnswerOptions() {}
