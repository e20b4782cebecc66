package org.webrtc4j.samples.demo;

import java.util.concurrent.CompletableFuture;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;

/** Chat, echo and throughput over data channels. */
final class DataVisit implements Visit {

    private static final String[] CHANNELS = {"chat", "echo", "throughput"};

    private final ChatRoom room;

    DataVisit(ChatRoom room) {
        this.room = room;
    }

    @Override
    public void begin(RTCPeerConnection pc) {
        pc.onDataChannel(event -> serve(event.channel()));
    }

    @Override
    public CompletableFuture<?> invite(RTCPeerConnection pc) {
        for (String label : CHANNELS) {
            serve(pc.createDataChannel(label));
        }
        return CompletableFuture.completedFuture("channels are open to be offered");
    }

    private void serve(RTCDataChannel channel) {
        switch (channel.label()) {
            case "chat" -> room.enter(channel);
            case "echo" -> channel.onMessage(message -> channel.send(message.data()));
            case "throughput" -> new ThroughputMeter(channel);
            default -> channel.close();
        }
    }
}
