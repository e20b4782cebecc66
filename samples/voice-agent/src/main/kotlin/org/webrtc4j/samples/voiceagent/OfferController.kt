package org.webrtc4j.samples.voiceagent

import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.ExceptionHandler
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RestController
import org.webrtc4j.DOMException
import org.webrtc4j.RTCConfiguration
import org.webrtc4j.RTCSdpType
import org.webrtc4j.RTCSessionDescriptionInit
import org.webrtc4j.WebRtcRuntime
import java.util.concurrent.CompletableFuture

/** A page posts its offer and gets the answer back; after that the two talk by UDP. */
@RestController
class OfferController(
    private val runtime: WebRtcRuntime,
    private val ears: SpeechToText,
    private val model: LanguageModel,
    private val mouth: TextToSpeech,
) {
    @PostMapping("/offer", consumes = ["application/sdp"], produces = ["application/sdp"])
    fun offer(@RequestBody offer: String): CompletableFuture<String> {
        val pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "caller")
        Call(pc, ears, model, mouth)
        return pc.setRemoteDescription(RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
            .thenCompose { pc.setLocalDescription() }
            .thenCompose { pc.gatheringComplete() }
            .thenApply { it.sdp() }
            .whenComplete { _, failure -> if (failure != null) pc.close() }
    }

    @ExceptionHandler
    fun refused(failure: DOMException): ResponseEntity<String> = ResponseEntity.badRequest().body(failure.message)
}
