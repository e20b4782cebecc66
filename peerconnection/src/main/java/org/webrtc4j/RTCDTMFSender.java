package org.webrtc4j;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.pipeline.OutboundTones;

/**
 * Presses the keys of a telephone, one after the other, as events in the stream of a sender (RFC 4733). While a key is down
 * its events stand in place of the sound.
 *
 * <p>Every method may be called from any thread and answers at once; events fire in the event place of the connection.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtmfsender">the specification</a>
 */
public final class RTCDTMFSender extends EventTarget {

    private static final String KEYS = "0123456789ABCD#*,";
    private static final int DEFAULT_DURATION_MILLIS = 100;
    private static final int DEFAULT_GAP_MILLIS = 70;
    private static final int MIN_DURATION_MILLIS = 40;
    private static final int MIN_GAP_MILLIS = 30;
    private static final int MAX_MILLIS = 6_000;
    private static final int PAUSE_MILLIS = 2_000;

    private final Connection connection;
    private final TransceiverSet set;
    private final TransceiverSlots transceiver;
    private final SenderSlots sender;
    private final SenderMedia media;
    private final Object monitor = new Object();

    // Guarded by the monitor.
    private String toneBuffer = "";
    private int durationMillis = DEFAULT_DURATION_MILLIS;
    private int gapMillis = DEFAULT_GAP_MILLIS;
    private boolean playing;

    /** On the loop. */
    private @Nullable LoopTimer timer;

    RTCDTMFSender(
            Connection connection,
            TransceiverSet set,
            TransceiverSlots transceiver,
            SenderSlots sender,
            SenderMedia media) {
        this.connection = connection;
        this.set = set;
        this.transceiver = transceiver;
        this.sender = sender;
        this.media = media;
    }

    /**
     * Presses keys, each for 100 ms and 70 ms apart.
     *
     * @param tones as in {@link #insertDTMF(String, int, int)}
     * @throws DOMException as there
     */
    public void insertDTMF(String tones) {
        insertDTMF(tones, DEFAULT_DURATION_MILLIS, DEFAULT_GAP_MILLIS);
    }

    /**
     * Presses keys; what was not yet pressed of a call before is forgotten.
     *
     * @param tones of {@code 0123456789ABCD#*}, small letters as well, and commas, each a pause of two seconds; empty to
     *     press nothing more
     * @param duration milliseconds that each is down, held to 40 to 6000
     * @param interToneGap milliseconds between two, held to 30 to 6000
     * @throws DOMException InvalidStateError when {@link #canInsertDTMF()} is false, InvalidCharacterError for another
     *     character
     */
    public void insertDTMF(String tones, int duration, int interToneGap) {
        if (!canInsertDTMF()) {
            throw DOMException.invalidState(
                    "Keys are pressed on a connection that is there, by a sender that sends a track"
                            + " and has negotiated telephone events");
        }
        String pressed = tones.toUpperCase(Locale.ROOT);
        for (int i = 0; i < pressed.length(); i++) {
            if (KEYS.indexOf(pressed.charAt(i)) < 0) {
                throw new DOMException("No key: " + pressed.charAt(i), "InvalidCharacterError");
            }
        }
        synchronized (monitor) {
            toneBuffer = pressed;
            durationMillis = Math.max(MIN_DURATION_MILLIS, Math.min(MAX_MILLIS, duration));
            gapMillis = Math.max(MIN_GAP_MILLIS, Math.min(MAX_MILLIS, interToneGap));
            if (pressed.isEmpty() || playing) {
                return;
            }
            playing = true;
        }
        connection.place().execute(this::play);
    }

    /**
     * Tells whether keys can be pressed now.
     *
     * @return true while the connection is there and its sender sends a track, with telephone events negotiated
     */
    public boolean canInsertDTMF() {
        return connection.transports().connectionState() == RTCPeerConnectionState.CONNECTED
                && set.read(() -> {
                    RTCRtpTransceiverDirection current = transceiver.currentDirection;
                    return !transceiver.isEnding()
                            && sender.track != null
                            && current != null
                            && current.toSdp().sends()
                            && sender.encodings.get(0).active()
                            && transceiver.agreement.sendCodecs().stream()
                                    .anyMatch(each -> OutboundTones.isEvents(each.codec()));
                });
    }

    /**
     * Returns what is still to be pressed.
     *
     * @return keys and commas, empty for none
     */
    public String toneBuffer() {
        synchronized (monitor) {
            return toneBuffer;
        }
    }

    /**
     * Sets the handler of tonechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public RTCDTMFSender onToneChange(@Nullable Consumer<? super RTCDTMFToneChangeEvent> handler) {
        setHandler(EventType.TONECHANGE, handler);
        return this;
    }

    /** The "playout task" of webrtc-pc section 7.2; in the event place. */
    private void play() {
        String tone;
        int length;
        int next;
        boolean possible = canInsertDTMF();
        synchronized (monitor) {
            if (!possible) {
                playing = false;
                return;
            }
            playing = !toneBuffer.isEmpty();
            tone = playing ? toneBuffer.substring(0, 1) : "";
            toneBuffer = playing ? toneBuffer.substring(1) : "";
            length = durationMillis;
            next = tone.equals(",") ? PAUSE_MILLIS : durationMillis + gapMillis;
        }
        if (!tone.isEmpty()) {
            if (!tone.equals(",")) {
                media.press(tone.charAt(0), TimeUnit.MILLISECONDS.toNanos(length));
            }
            connection.driver().execute(() -> goOnAfter(next));
        }
        connection.fire(
                this, EventType.TONECHANGE, new RTCDTMFToneChangeEvent(EventType.TONECHANGE.name(), this, tone));
    }

    private void goOnAfter(int millis) {
        if (timer == null) {
            timer = connection.loop().newTimer(() -> connection.place().execute(this::play));
        }
        timer.arm(connection.driver().nowNanos() + TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
