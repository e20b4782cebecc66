package org.webrtc4j.media.dtmf;

import org.jspecify.annotations.Nullable;

/**
 * Keys out of the packets of telephone events, each once however often its packets are repeated or lost (RFC 4733 section
 * 2.5.2). Not thread-safe.
 */
public final class DtmfReceiver {

    /** Hears of keys. */
    public interface Listener {

        /**
         * Hears that a key went down.
         *
         * @param key one of {@code 0123456789*#ABCD}
         */
        void onKeyDown(char key);

        /**
         * Hears that a key went up, or that another one went down before.
         *
         * @param key the one that was down
         * @param durationTicks how long it was, as far as packets told, in ticks of the clock rate
         */
        void onKeyUp(char key, long durationTicks);
    }

    private final Listener listener;
    private boolean started;
    private boolean down;
    private long timestamp;
    private long earlierTicks;
    private int event;
    private int duration;
    private long ignored;

    /**
     * Creates a receiver.
     *
     * @param listener hears of keys
     */
    public DtmfReceiver(Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes one payload in.
     *
     * @param bytes the array
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @param packetTimestamp the RTP timestamp, unwrapped: when the event, or this segment of a long one, began
     */
    public void handle(byte[] bytes, int offset, int length, long packetTimestamp) {
        TelephoneEvent packet = TelephoneEvent.parse(bytes, offset, length);
        if (packet == null || TelephoneEvent.key(packet.event()) == 0 || (started && packetTimestamp < timestamp)) {
            ignored++;
            return;
        }
        if (!started || packetTimestamp > timestamp) {
            begin(packet, packetTimestamp);
        } else if (packet.event() != event || !down || packet.duration() < duration) {
            // The end is sent three times; a duration that goes back is old or wrong.
            ignored++;
            return;
        }
        duration = packet.duration();
        if (packet.end()) {
            up();
        }
    }

    /** A segment that begins where the one before ended goes on with its key (section 2.5.1.3). */
    private void begin(TelephoneEvent packet, long packetTimestamp) {
        boolean goesOn = down && packet.event() == event && packetTimestamp == timestamp + 0xffff;
        if (goesOn) {
            earlierTicks += 0xffff;
        } else {
            up();
            earlierTicks = 0;
        }
        started = true;
        timestamp = packetTimestamp;
        event = packet.event();
        duration = 0;
        if (!goesOn) {
            down = true;
            listener.onKeyDown(TelephoneEvent.key(event));
        }
    }

    private void up() {
        if (down) {
            down = false;
            listener.onKeyUp(TelephoneEvent.key(event), earlierTicks + duration);
        }
    }

    /**
     * Returns the key that is down.
     *
     * @return the key, or null
     */
    public @Nullable Character keyDown() {
        return down ? TelephoneEvent.key(event) : null;
    }

    /**
     * Returns how many payloads told nothing new or were not well-formed.
     *
     * @return repeated, late and wrong ones
     */
    public long ignored() {
        return ignored;
    }
}
