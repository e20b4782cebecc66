package org.webrtc4j.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.webrtc4j.simulation.MediaPair.init;
import static org.webrtc4j.simulation.MediaPair.simulate;
import static org.webrtc4j.simulation.MediaPair.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.webrtc4j.AudioSource;
import org.webrtc4j.DOMException;
import org.webrtc4j.RTCDTMFSender;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCRtpReceiver;
import org.webrtc4j.RTCRtpSender;
import org.webrtc4j.RTCRtpTransceiverDirection;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.dtmf.DtmfReceiver;
import org.webrtc4j.testkit.Impairments;

/** Keys of a telephone, pressed on one side and read on the other (webrtc-pc section 7, RFC 4733). */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as silence
class DtmfTest {

    private static final int RATE = 24_000;
    private static final int TICKS_PER_MILLI = 48;

    /** The keys that a receiver reads, and how the packets around them look. */
    private static final class Keypad {

        final StringBuilder keys = new StringBuilder();
        final List<Long> millis = new ArrayList<>();
        final List<Long> beginnings = new ArrayList<>();
        final List<EncodedFrame> sound = new ArrayList<>();
        final TreeSet<Integer> clocks = new TreeSet<>();
        private final DtmfReceiver reader = new DtmfReceiver(new DtmfReceiver.Listener() {
            @Override
            public void onKeyDown(char key) {
                keys.append(key);
            }

            @Override
            public void onKeyUp(char key, long durationTicks) {
                millis.add(durationTicks / TICKS_PER_MILLI);
            }
        });

        void take(EncodedFrame frame) {
            if (frame.codec().name().equals("telephone-event")) {
                clocks.add(frame.codec().clockRate());
                int before = keys.length();
                reader.handle(frame.bytes(), 0, frame.bytes().length, frame.timestamp());
                if (keys.length() > before) {
                    beginnings.add(frame.timestamp());
                }
            } else {
                sound.add(frame);
            }
        }

        static Keypad at(RTCPeerConnection connection) {
            Keypad keypad = new Keypad();
            connection.onTrack(event -> event.receiver().frames(keypad::take));
            return keypad;
        }
    }

    private static RTCDTMFSender dtmf(RTCRtpSender sender) {
        return requireNonNull(sender.dtmf());
    }

    private static String nameOf(Runnable refused) {
        try {
            refused.run();
        } catch (DOMException thrown) {
            return thrown.name();
        }
        return "nothing";
    }

    @Test
    void keysStandInTheStreamInPlaceOfTheSoundAndOnItsClock() {
        simulate(pair -> {
            AudioSource voice = AudioSource.pcm(RATE, 1, Duration.ofSeconds(20));
            RTCRtpSender sender = pair.a.addTrack(voice.track());
            Keypad keypad = Keypad.at(pair.b);
            pair.connect();
            voice.write(Sound.tone(RATE, 500, 10_000));
            pair.run(Duration.ofSeconds(1));
            int before = keypad.sound.size();
            dtmf(sender).insertDTMF("1a#", 200, 100);
            pair.run(Duration.ofMillis(880));
            int during = keypad.sound.size();
            pair.run(Duration.ofSeconds(2));

            assertThat(keypad.keys).hasToString("1A#");
            assertThat(keypad.millis).hasSize(3).allSatisfy(each -> assertThat(each)
                    .isEqualTo(200));
            assertThat(keypad.clocks).containsExactly(48_000);
            assertThat(keypad.beginnings.get(1) - keypad.beginnings.get(0)).isCloseTo(300L * 48, within(48L));
            // 280 ms of sound stood between and behind the keys, and it goes on where its clock is.
            assertThat((during - before) * 20).isBetween(220, 340);
            assertThat(keypad.sound.size() - during).isBetween(98, 102);
            long first = keypad.sound.get(0).timestamp();
            for (int i = 1; i < keypad.sound.size(); i++) {
                assertThat(keypad.sound.get(i).timestamp())
                        .isGreaterThan(keypad.sound.get(i - 1).timestamp());
            }
            assertThat((keypad.sound.get(keypad.sound.size() - 1).timestamp() - first) / 48_000.0)
                    .isCloseTo(3.88, within(0.1));
        });
    }

    @Test
    void keysArriveOnceEachThoughPacketsAreLost() {
        Impairments lossy = Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.2);
        simulate(lossy, pair -> {
            AudioSource voice = AudioSource.pcm(RATE, 1, Duration.ofSeconds(1));
            RTCRtpSender sender = pair.a.addTrack(voice.track());
            Keypad keypad = Keypad.at(pair.b);
            pair.connect();
            dtmf(sender).insertDTMF("0123456789*#ABCD");
            pair.run(Duration.ofSeconds(5));
            assertThat(keypad.keys).hasToString("0123456789*#ABCD");
        });
    }

    @Test
    void toneChangeTellsEachKeyThePausesAndTheEnd() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("audio"));
            Keypad keypad = Keypad.at(pair.b);
            pair.connect();
            List<String> told = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            List<String> rest = new ArrayList<>();
            RTCDTMFSender dtmf = dtmf(sender);
            dtmf.onToneChange(event -> {
                told.add(event.tone());
                times.add(pair.peers.simulation.time().nanoTime() / 1_000_000);
                rest.add(dtmf.toneBuffer());
            });
            dtmf.insertDTMF("1,9");
            assertThat(dtmf.toneBuffer()).isEqualTo("1,9");
            pair.run(Duration.ofSeconds(4));

            assertThat(told).containsExactly("1", ",", "9", "");
            assertThat(rest).containsExactly(",9", "9", "", "");
            assertThat(times.get(1) - times.get(0)).isCloseTo(170L, within(2L));
            assertThat(times.get(2) - times.get(1)).isCloseTo(2_000L, within(2L));
            assertThat(times.get(3) - times.get(2)).isCloseTo(170L, within(2L));
            // The track gives nothing at all, and the keys come through.
            assertThat(keypad.keys).hasToString("19");
            assertThat(keypad.millis).containsExactly(100L, 100L);
        });
    }

    @Test
    void aLongKeyIsOneKey() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("audio"));
            Keypad keypad = Keypad.at(pair.b);
            pair.connect();
            dtmf(sender).insertDTMF("5", 60_000, 30);
            pair.run(Duration.ofSeconds(8));
            assertThat(keypad.keys).hasToString("5");
            assertThat(keypad.millis).containsExactly(6_000L);
        });
    }

    @Test
    void keysThatWaitAreReplacedByTheNextCallAndTakenBackByAnEmptyOne() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a.addTrack(track("audio"));
            Keypad keypad = Keypad.at(pair.b);
            pair.connect();
            RTCDTMFSender dtmf = dtmf(sender);
            dtmf.insertDTMF("111", 10, 10);
            pair.run(Duration.ofMillis(20));
            dtmf.insertDTMF("22");
            pair.run(Duration.ofMillis(100));
            dtmf.insertDTMF("");
            pair.run(Duration.ofSeconds(2));
            assertThat(dtmf.toneBuffer()).isEmpty();
            assertThat(keypad.keys).hasToString("12");
            // Shorter than is allowed was asked for.
            assertThat(keypad.millis).containsExactly(40L, 100L);
        });
    }

    @Test
    void keysInterruptAForwardedTrackAndItGoesOn() {
        simulate(pair -> {
            AudioSource voice = AudioSource.pcm(RATE, 1, Duration.ofSeconds(20));
            pair.a.addTrack(voice.track());
            List<RTCRtpSender> back = new ArrayList<>();
            pair.b.onTrack(event -> back.add(pair.b.addTrack(event.track())));
            Keypad keypad = Keypad.at(pair.a);
            pair.connect();
            voice.write(Sound.tone(RATE, 500, 10_000));
            pair.run(Duration.ofSeconds(1));
            dtmf(back.get(0)).insertDTMF("77", 300, 200);
            pair.run(Duration.ofSeconds(1));
            int during = keypad.sound.size();
            pair.run(Duration.ofSeconds(1));
            assertThat(keypad.keys).hasToString("77");
            assertThat(keypad.millis).containsExactly(300L, 300L);
            assertThat(keypad.sound.size() - during).isBetween(48, 52);
        });
    }

    @Test
    void keysNeedAConnectionASenderAndTelephoneEvents() {
        simulate(pair -> {
            RTCRtpSender audio = pair.a.addTrack(track("audio"));
            RTCRtpSender video = pair.a.addTrack(track("video"));
            assertThat(video.dtmf()).isNull();
            RTCDTMFSender dtmf = dtmf(audio);
            assertThat(audio.dtmf()).isSameAs(dtmf);
            assertThat(dtmf.canInsertDTMF()).isFalse();
            assertThat(nameOf(() -> dtmf.insertDTMF("1"))).isEqualTo("InvalidStateError");
            pair.connect();
            assertThat(dtmf.canInsertDTMF()).isTrue();
            assertThat(nameOf(() -> dtmf.insertDTMF("1x"))).isEqualTo("InvalidCharacterError");
            assertThat(dtmf.toneBuffer()).isEmpty();

            pair.await(audio.replaceTrack(null));
            assertThat(dtmf.canInsertDTMF()).isFalse();
            pair.await(audio.replaceTrack(track("audio")));
            pair.a.getTransceivers().get(0).direction(RTCRtpTransceiverDirection.RECVONLY);
            pair.negotiate();
            assertThat(dtmf.canInsertDTMF()).isFalse();
            pair.a.close();
            assertThatThrownBy(() -> dtmf.insertDTMF("1")).isInstanceOf(DOMException.class);
        });
    }

    @Test
    void keysCannotBePressedWhereTelephoneEventsWereNotNegotiated() {
        simulate(pair -> {
            RTCRtpSender sender = pair.a
                    .addTransceiver("audio", init(RTCRtpTransceiverDirection.SENDRECV))
                    .sender();
            pair.await(sender.replaceTrack(track("audio")));
            pair.a
                    .getTransceivers()
                    .get(0)
                    .setCodecPreferences(requireNonNull(RTCRtpReceiver.getCapabilities("audio")).codecs().stream()
                            .filter(each -> each.mimeType().equalsIgnoreCase("audio/opus"))
                            .toList());
            pair.connect();
            assertThat(dtmf(sender).canInsertDTMF()).isFalse();
        });
    }
}
