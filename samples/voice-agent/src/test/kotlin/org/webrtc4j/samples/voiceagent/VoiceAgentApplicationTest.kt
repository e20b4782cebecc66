package org.webrtc4j.samples.voiceagent

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.springframework.boot.runApplication
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoiceAgentApplicationTest {
    private val application = runApplication<VoiceAgentApplication>("--server.port=0", "--webrtc.udp-port=0")
    private val address = "http://localhost:" + application.environment.getProperty("local.server.port")

    @AfterAll
    fun close() = application.close()

    private fun post(offer: String): HttpResponse<String> = HttpClient.newHttpClient().send(
        HttpRequest.newBuilder(URI("$address/offer"))
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(offer))
            .build(),
        BodyHandlers.ofString(),
    )

    @Test
    fun aCallerWhoPausesHearsTheAnswer() {
        Caller().use { caller ->
            caller.call { offer -> post(offer).body() }
            caller.speak(1_000)
            assertThat(caller.hears(loud = true, pieces = 10)).isTrue()
        }
    }

    @Test
    fun whatIsNoOfferIsRefused() {
        assertThat(post("v=1\r\n").statusCode()).isEqualTo(400)
    }

    @Test
    fun thePageIsServed() {
        val page = HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI("$address/")).build(), BodyHandlers.ofString())
        assertThat(page.body()).contains("fetch(\"offer\"")
    }
}
