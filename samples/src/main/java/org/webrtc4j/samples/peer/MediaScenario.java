package org.webrtc4j.samples.peer;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.MediaSources;
import org.webrtc4j.MediaStream;
import org.webrtc4j.MediaStreamTrack;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCTrackEvent;

/** Both sides send a tone and colour bars; what came is counted per kind. */
final class MediaScenario implements Scenario {

    private final PeerConfig config;
    private final PeerConnections connections;
    private final JsonLines lines;
    private final CountedSource tone = new CountedSource(MediaSources.tone(440));
    private final CountedSource bars = new CountedSource(MediaSources.colourBars(320, 240, 15));
    private final Map<String, InboundCounter> received = new ConcurrentHashMap<>();

    MediaScenario(PeerConfig config, PeerConnections connections, JsonLines lines) {
        this.config = config;
        this.connections = connections;
        this.lines = lines;
    }

    @Override
    public void onConnection(int id, RTCPeerConnection pc) {
        pc.onTrack(this::receive);
        MediaStreamTrack sound = new MediaStreamTrack(tone);
        MediaStreamTrack picture = new MediaStreamTrack(bars);
        MediaStream stream = new MediaStream(sound, picture);
        pc.addTrack(sound, stream);
        pc.addTrack(picture, stream);
    }

    @Override
    public void onChannel(int id, RTCDataChannel channel) {
        // The other side may open one; it is not needed.
    }

    @Override
    public void start() throws InterruptedException {
        RTCPeerConnection pc = connections.offerMedia(0);
        if (!PeerConnections.awaitConnected(pc)) {
            lines.error("the peers did not connect");
            return;
        }
        TimeUnit.SECONDS.sleep(config.seconds);
        report();
    }

    @Override
    public void report() {
        JsonObject media = new JsonObject();
        received.forEach((kind, counter) -> media.add("in-" + kind, counter.json()));
        media.add("out-audio", tone.json());
        media.add("out-video", bars.json());
        JsonObject result = JsonLines.eventObject(0, "result");
        result.add("media", media);
        lines.write(result);
    }

    private void receive(RTCTrackEvent event) {
        received.put(event.track().kind(), new InboundCounter(event.receiver()));
    }
}
