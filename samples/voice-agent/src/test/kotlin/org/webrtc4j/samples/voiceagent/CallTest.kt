package org.webrtc4j.samples.voiceagent

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.onCompletion
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.webrtc4j.RTCConfiguration
import org.webrtc4j.RTCSdpType
import org.webrtc4j.RTCSessionDescriptionInit
import org.webrtc4j.WebRtcRuntime
import org.webrtc4j.media.audio.ToneGenerator
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

class CallTest {
    private val heardByAgent = CompletableFuture<ShortArray>()
    private val asked = LinkedBlockingQueue<List<Line>>()
    private val interrupted = CompletableFuture<Throwable?>()

    private fun hear(samples: ShortArray) {
        heardByAgent.complete(samples)
    }

    /** Speaks for as long as it is let. */
    private fun endless(): Flow<ShortArray> {
        val tone = ToneGenerator(24_000, 880.0, 8_000.0)
        return flow { while (true) emit(ShortArray(2_400).also { tone.generate(it, 0, it.size, 1) }) }
            .onCompletion { cause -> interrupted.complete(cause) }
    }

    @Test
    fun theAgentIsSilentOnceItIsInterruptedAndAnswersWhatIsSaidNext() {
        WebRtcRuntime.builder().includeLoopback(true).build().use { runtime ->
            val pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "agent")
            val call = Call(pc, { ::hear }, { asked.add(it); flowOf("And so on.") }, { endless() })
            Caller().use { caller ->
                caller.call { offer ->
                    pc.setRemoteDescription(RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                        .thenCompose { pc.setLocalDescription() }
                        .thenCompose { pc.gatheringComplete() }
                        .get(Caller.SECONDS, TimeUnit.SECONDS)
                        .sdp()
                }
                assertThat(heardByAgent.get(Caller.SECONDS, TimeUnit.SECONDS)).hasSize(16_000 / 50)

                call.said("Count to infinity.")
                assertThat(caller.hears(loud = true, pieces = 10)).isTrue()
                call.speaking()
                assertThat(caller.hears(loud = false, pieces = 50)).isTrue()
                assertThat(interrupted.get(Caller.SECONDS, TimeUnit.SECONDS)).isNotNull()

                call.said("Again.")
                assertThat(caller.hears(loud = true, pieces = 10)).isTrue()
                assertThat(asked.take()).containsExactly(Line(Speaker.CALLER, "Count to infinity."))
                assertThat(asked.take()).containsExactly(
                    Line(Speaker.CALLER, "Count to infinity."),
                    Line(Speaker.AGENT, "And so on."),
                    Line(Speaker.CALLER, "Again."),
                )
            }
        }
    }
}
