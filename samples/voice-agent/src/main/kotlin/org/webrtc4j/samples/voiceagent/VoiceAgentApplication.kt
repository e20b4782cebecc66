package org.webrtc4j.samples.voiceagent

import org.springframework.beans.factory.annotation.Value
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.context.annotation.Bean
import org.webrtc4j.WebRtcRuntime

/** All calls share one UDP port; it is opened with the application and closed with it. */
@SpringBootApplication
class VoiceAgentApplication {
    @Bean(destroyMethod = "close")
    fun runtime(@Value("\${webrtc.udp-port:10000}") udpPort: Int): WebRtcRuntime =
        WebRtcRuntime.builder().udpPort(udpPort).includeLoopback(true).build().also { it.warmUp() }
}

fun main(args: Array<String>) {
    runApplication<VoiceAgentApplication>(*args)
}
