package org.webrtc4j.samples.voiceagent

import org.webrtc4j.AudioSource
import org.webrtc4j.RTCConfiguration
import org.webrtc4j.RTCPeerConnection
import org.webrtc4j.RTCSdpType
import org.webrtc4j.RTCSessionDescriptionInit
import org.webrtc4j.WebRtcRuntime
import org.webrtc4j.media.audio.ToneGenerator
import java.time.Duration
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.math.abs

/** Who calls the agent: a connection with a microphone, and an ear that notices loudness. */
class Caller : AutoCloseable {
    private val runtime: WebRtcRuntime = WebRtcRuntime.builder().includeLoopback(true).build()
    private val microphone = AudioSource.pcm(16_000, 1, Duration.ofSeconds(5))
    private val heard = LinkedBlockingQueue<ShortArray>()
    val pc: RTCPeerConnection = runtime.createPeerConnection(RTCConfiguration.defaults(), "test")

    init {
        pc.addTrack(microphone.track())
        pc.onTrack { event -> event.receiver().pcm(16_000, 1) { samples -> heard.add(samples) } }
    }

    /** Joins with whoever answers an offer. */
    fun call(answerer: (String) -> String) {
        pc.setLocalDescription().get(SECONDS, TimeUnit.SECONDS)
        val offer = pc.gatheringComplete().get(SECONDS, TimeUnit.SECONDS)
        pc.setRemoteDescription(RTCSessionDescriptionInit(RTCSdpType.ANSWER, answerer(offer.sdp())))
            .get(SECONDS, TimeUnit.SECONDS)
    }

    fun speak(millis: Int) {
        val samples = ShortArray(16 * millis)
        ToneGenerator(16_000, 500.0, 8_000.0).generate(samples, 0, samples.size, 1)
        microphone.write(samples).get(SECONDS, TimeUnit.SECONDS)
    }

    /** Waits for so many pieces of 20 ms in a row that are loud, or silent. */
    fun hears(loud: Boolean, pieces: Int): Boolean {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS)
        var row = 0
        while (row < pieces) {
            val samples = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) ?: return false
            row = if (samples.any { abs(it.toInt()) > 1_000 } == loud) row + 1 else 0
        }
        return true
    }

    override fun close() {
        runtime.close()
    }

    companion object {
        const val SECONDS = 30L
    }
}
