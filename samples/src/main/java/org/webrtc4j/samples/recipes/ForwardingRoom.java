package org.webrtc4j.samples.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.RTCRtpTransceiverInit;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.WebRtcRuntime;

/** A room in which everybody sees and hears everybody: packets are passed on as they come, nothing is decoded. */
public final class ForwardingRoom {

    private static final RTCRtpTransceiverInit RECEIVED = RTCRtpTransceiverInit.builder()
            .direction(RTCRtpTransceiverDirection.RECVONLY)
            .build();

    private final WebRtcRuntime runtime;
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /**
     * Opens an empty room.
     *
     * @param runtime where its connections live
     */
    public ForwardingRoom(WebRtcRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Lets somebody in. The server makes every offer, so no two ever cross.
     *
     * @param name for the log
     * @param offers takes each offer, with all candidates inside; the answer goes to {@link Member#answer}
     * @return the member
     */
    public synchronized Member join(String name, Consumer<String> offers) {
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), name);
        Member member = new Member(pc, offers);
        pc.addTransceiver("audio", RECEIVED);
        pc.addTransceiver("video", RECEIVED);
        members.forEach(other -> other.published.forEach(member::show));
        members.add(member);
        return member;
    }

    /** Somebody in the room. */
    public final class Member {

        private final RTCPeerConnection pc;
        private final Consumer<String> offers;
        private final List<MediaStreamTrack> published = new ArrayList<>();
        private final Map<MediaStreamTrack, RTCRtpSender> shown = new ConcurrentHashMap<>();

        private Member(RTCPeerConnection pc, Consumer<String> offers) {
            this.pc = pc;
            this.offers = offers;
            pc.onTrack(event -> publish(event.track()));
            pc.onNegotiationNeeded(event -> offer());
            pc.whenClosed().thenRun(this::leave).exceptionally(never -> null);
        }

        /**
         * Takes the answer to the latest offer.
         *
         * @param sdp the page's answer
         */
        public void answer(String sdp) {
            pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.ANSWER, sdp))
                    .exceptionally(refused -> {
                        leave();
                        return null;
                    });
        }

        /** Ends the membership. */
        public void leave() {
            synchronized (ForwardingRoom.this) {
                if (members.remove(this)) {
                    members.forEach(other -> published.forEach(other::hide));
                }
            }
            pc.close();
        }

        private void offer() {
            pc.setLocalDescription()
                    .thenCompose(done -> pc.gatheringComplete())
                    .thenAccept(description -> offers.accept(description.sdp()))
                    .exceptionally(closed -> null);
        }

        private void publish(MediaStreamTrack track) {
            synchronized (ForwardingRoom.this) {
                published.add(track);
                members.stream().filter(other -> other != this).forEach(other -> other.show(track));
            }
        }

        private void show(MediaStreamTrack track) {
            shown.put(track, pc.addTrack(track));
        }

        private void hide(MediaStreamTrack track) {
            RTCRtpSender sender = shown.remove(track);
            if (sender != null) {
                pc.removeTrack(sender);
            }
        }
    }
}
