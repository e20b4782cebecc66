package org.webrtc4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a description changes of the other side's tracks: collected while it is applied, told afterwards in the order of
 * webrtc-pc section 4.4.1.5: mute, removetrack, addtrack, track. Tracks that have ended for good say so last.
 */
final class MediaChanges {

    private record Membership(MediaStream stream, MediaStreamTrack track) {}

    private final List<MediaStreamTrack> muted = new ArrayList<>();
    private final List<Membership> removed = new ArrayList<>();
    private final List<Membership> added = new ArrayList<>();
    private final List<RTCRtpTransceiver> announced = new ArrayList<>();
    private final List<MediaStreamTrack> ended = new ArrayList<>();
    private final Map<String, MediaStream> streams = new LinkedHashMap<>();

    /** Takes the streams that exist, which are found again by their ids. */
    MediaChanges(List<RTCRtpTransceiver> transceivers) {
        transceivers.forEach(each -> each.receiver().streams().forEach(stream -> streams.put(stream.id(), stream)));
    }

    /** Says in which streams a track is from now on; returns whether it is in a stream it was not in before. */
    boolean associate(RTCRtpReceiver receiver, List<String> ids) {
        List<MediaStream> now = new ArrayList<>();
        ids.forEach(id -> now.add(streams.computeIfAbsent(id, MediaStream::new)));
        return associateStreams(receiver, now);
    }

    boolean associateStreams(RTCRtpReceiver receiver, List<MediaStream> now) {
        List<MediaStream> before = receiver.streams();
        boolean grew = false;
        for (MediaStream each : before) {
            if (!now.contains(each)) {
                removed.add(new Membership(each, receiver.track()));
            }
        }
        for (MediaStream each : now) {
            if (!before.contains(each)) {
                added.add(new Membership(each, receiver.track()));
                grew = true;
            }
        }
        receiver.streams(now);
        return grew;
    }

    void mute(MediaStreamTrack track) {
        if (!track.muted()) {
            muted.add(track);
        }
    }

    void announce(RTCRtpTransceiver transceiver) {
        announced.add(transceiver);
    }

    void end(MediaStreamTrack track) {
        if (!track.isEnded()) {
            ended.add(track);
        }
    }

    void tell(Connection connection) {
        for (MediaStreamTrack each : muted) {
            each.muted(true);
            connection.fire(each, EventType.MUTE);
        }
        for (Membership each : removed) {
            if (each.stream().remove(each.track())) {
                membership(connection, EventType.REMOVETRACK, each);
            }
        }
        for (Membership each : added) {
            if (each.stream().add(each.track())) {
                membership(connection, EventType.ADDTRACK, each);
            }
        }
        for (RTCRtpTransceiver each : announced) {
            connection.fire(
                    EventType.TRACK,
                    new RTCTrackEvent(
                            EventType.TRACK.name(),
                            connection.target(),
                            each.receiver(),
                            each.receiver().track(),
                            connection.media().read(() -> each.receiver().streams()),
                            each));
        }
        for (MediaStreamTrack each : ended) {
            if (!each.isEnded()) {
                each.stop();
                connection.fire(each, EventType.ENDED);
            }
        }
    }

    private static void membership(
            Connection connection, EventType<MediaStreamTrackEvent> type, Membership membership) {
        connection.fire(
                membership.stream(),
                type,
                new MediaStreamTrackEvent(type.name(), membership.stream(), membership.track()));
    }
}
