package org.webrtc4j;

/**
 * The other side put a track into a stream, or took it out.
 *
 * @param type addtrack or removetrack
 * @param target the stream
 * @param track the track
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastreamtrackevent">the specification</a>
 */
public record MediaStreamTrackEvent(String type, EventTarget target, MediaStreamTrack track) implements Event {}
