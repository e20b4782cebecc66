package org.webrtc4j.samples.peer;

import com.google.gson.JsonObject;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.rtp.RtpPacket;

/** What one receiver has received: counted on the connection's loop, read by whoever reports. */
final class InboundCounter {

    private long packets;
    private long bytes;
    private long first = -1;
    private long last = -1;
    private long frames;
    private String codec = "";

    InboundCounter(RTCRtpReceiver receiver) {
        receiver.packets(this::onPacket).frames(this::onFrame);
    }

    private synchronized void onPacket(RtpPacket packet) {
        long sequence = packet.unwrappedSequence();
        first = packets == 0 ? sequence : Math.min(first, sequence);
        last = Math.max(last, sequence);
        packets++;
        bytes += packet.payloadLength();
    }

    private synchronized void onFrame(EncodedFrame frame) {
        frames++;
        codec = frame.codec().name();
    }

    synchronized JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("packets", packets);
        json.addProperty("bytes", bytes);
        json.addProperty("lost", packets == 0 ? 0 : last - first + 1 - packets);
        json.addProperty("frames", frames);
        json.addProperty("codec", codec);
        return json;
    }
}
