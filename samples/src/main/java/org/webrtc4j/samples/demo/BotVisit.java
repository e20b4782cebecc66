package org.webrtc4j.samples.demo;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.samples.recipes.VoiceAgent;

/** A bot that greets with two tones and says again what it heard; a channel tells the page what it does. */
final class BotVisit implements Visit {

    private static final double LOUDNESS = 6_000;

    private @Nullable RTCDataChannel status;
    private VoiceAgent.State state = VoiceAgent.State.WAITING;

    @Override
    public void begin(RTCPeerConnection pc) {
        VoiceAgent agent = VoiceAgent.answer(pc, CompletableFuture::completedFuture, this::tell);
        pc.onDataChannel(event -> {
            RTCDataChannel channel = event.channel();
            channel.onOpen(opened -> {
                listen(channel);
                agent.say(greeting());
            });
        });
    }

    private synchronized void listen(RTCDataChannel channel) {
        status = channel;
        channel.send(state.name().toLowerCase(Locale.ROOT));
    }

    private synchronized void tell(VoiceAgent.State next) {
        state = next;
        if (status != null && status.readyState() == RTCDataChannelState.OPEN) {
            status.send(next.name().toLowerCase(Locale.ROOT));
        }
    }

    private static short[] greeting() {
        int half = VoiceAgent.RATE / 5;
        short[] samples = new short[2 * half];
        new ToneGenerator(VoiceAgent.RATE, 660, LOUDNESS).generate(samples, 0, half, 1);
        new ToneGenerator(VoiceAgent.RATE, 880, LOUDNESS).generate(samples, half, half, 1);
        return samples;
    }
}
