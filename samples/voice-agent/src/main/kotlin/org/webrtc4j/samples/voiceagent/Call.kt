package org.webrtc4j.samples.voiceagent

import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import org.slf4j.LoggerFactory
import org.webrtc4j.AudioSource
import org.webrtc4j.RTCPeerConnection
import org.webrtc4j.RTCPeerConnectionState
import java.time.Duration

/** One caller. Whichever thread an event comes from, only one coroutine of a call runs at a time. */
class Call(
    private val pc: RTCPeerConnection,
    ears: SpeechToText,
    private val model: LanguageModel,
    private val mouth: TextToSpeech,
) : SpeechListener {
    private val voice = AudioSource.pcm(24_000, 1, Duration.ofMillis(200))
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default.limitedParallelism(1) + failures)
    private val conversation = mutableListOf<Line>()
    private var answer: Job? = null

    init {
        val hear = ears.listen(this)
        pc.addTrack(voice.track())
        pc.onTrack { event -> event.receiver().pcm(16_000, 1) { samples -> hear(samples) } }
        pc.onConnectionStateChange {
            if (pc.connectionState() == RTCPeerConnectionState.FAILED) pc.close()
        }
        pc.whenClosed().thenRun { scope.cancel() }
    }

    /** Barge-in: the answer under way ends, and what of it is not yet played is never heard. */
    override fun speaking() {
        scope.launch {
            answer?.cancel()
            voice.clear()
        }
    }

    override fun said(text: String) {
        scope.launch {
            answer?.cancel()
            voice.clear()
            conversation += Line(Speaker.CALLER, text)
            answer = scope.launch { answer() }
        }
    }

    private suspend fun answer() {
        model.answer(conversation.toList()).collect { sentence ->
            conversation += Line(Speaker.AGENT, sentence)
            mouth.speak(sentence).collect { samples -> voice.write(samples).await() }
        }
    }

    private companion object {
        val log = LoggerFactory.getLogger(Call::class.java)
        val failures = CoroutineExceptionHandler { _, failure -> log.warn("A caller got no answer: {}", failure.toString()) }
    }
}
