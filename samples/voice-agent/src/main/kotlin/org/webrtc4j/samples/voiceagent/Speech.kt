package org.webrtc4j.samples.voiceagent

import kotlinx.coroutines.flow.Flow

/** Your speech recognition. */
fun interface SpeechToText {
    /**
     * Begins to listen to one caller. What comes back is given 20 ms of sound every 20 ms, at 16 kHz and one after the other, and
     * returns at once: what takes longer, it hands on.
     */
    fun listen(listener: SpeechListener): (ShortArray) -> Unit
}

/** Is told what a caller does, on any thread. */
interface SpeechListener {
    /** The caller has begun to speak. */
    fun speaking()

    /** The caller has finished a sentence. */
    fun said(text: String)
}

/** Who said what. */
data class Line(val speaker: Speaker, val text: String)

enum class Speaker { CALLER, AGENT }

/** Your language model. */
fun interface LanguageModel {
    /** Continues a conversation: the answer, sentence by sentence, each as soon as it is there. */
    fun answer(conversation: List<Line>): Flow<String>
}

/** Your voice. */
fun interface TextToSpeech {
    /** Speaks at 24 kHz, piece by piece, each as soon as it is there. */
    fun speak(sentence: String): Flow<ShortArray>
}
