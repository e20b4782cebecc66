package org.webrtc4j.samples.voiceagent

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import org.springframework.stereotype.Component
import org.webrtc4j.media.audio.LevelMeter
import org.webrtc4j.media.audio.ToneGenerator

// Services that need no account: replace them by yours.

private const val LOUD_DBOV = 45
private const val BLOCK_MILLIS = 20
private const val BEGIN_BLOCKS = 5
private const val PAUSE_BLOCKS = 35

/** Understands nothing, but notices who speaks by loudness, and for how long. */
@Component
class LoudnessToText : SpeechToText {
    override fun listen(listener: SpeechListener): (ShortArray) -> Unit {
        val meter = LevelMeter()
        var loud = 0
        var quiet = 0
        var spoken = 0
        return { samples ->
            meter.add(samples, 0, samples.size, 16_000)
            val isLoud = meter.dbov() < LOUD_DBOV
            loud = if (isLoud) loud + 1 else 0
            quiet = if (isLoud) 0 else quiet + 1
            if (spoken == 0 && loud == BEGIN_BLOCKS) {
                spoken = loud
                listener.speaking()
            } else if (spoken > 0 && quiet < PAUSE_BLOCKS) {
                spoken++
            } else if (spoken > 0) {
                listener.said("something for ${(spoken - quiet) * BLOCK_MILLIS} milliseconds")
                spoken = 0
            }
        }
    }
}

/** Repeats what was said. */
@Component
class Repetition : LanguageModel {
    override fun answer(conversation: List<Line>): Flow<String> = flowOf("You said:", conversation.last().text)
}

/** A tone for each word, the longer the longer. */
@Component
class TextToBeeps : TextToSpeech {
    override fun speak(sentence: String): Flow<ShortArray> = flow {
        for (word in sentence.split(' ')) {
            val samples = ShortArray(24_000 / 1_000 * 50 * word.length)
            ToneGenerator(24_000, 440.0 + 40 * word.length, 6_000.0).generate(samples, 0, samples.size, 1)
            emit(samples)
            emit(ShortArray(24_000 / 20))
        }
    }
}
