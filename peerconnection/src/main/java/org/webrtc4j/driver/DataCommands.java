package org.webrtc4j.driver;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;

/** What is asked of a connection's association, in a turn. Confined to the loop. */
public final class DataCommands {

    private final ConnectionDriver driver;
    private final DataPlane data;
    private @Nullable Runnable onDrained;

    DataCommands(ConnectionDriver driver, DataPlane data) {
        this.driver = driver;
        this.data = data;
    }

    /**
     * Opens a channel in-band; may be called before the association is up.
     *
     * @param id its stream
     * @param parameters what the other side is told
     * @return false when the association cannot open it
     */
    public boolean open(int id, DataChannelParameters parameters) {
        return data.open(id, parameters, driver.nowNanos());
    }

    /**
     * Opens a channel that both sides make themselves.
     *
     * @param id its stream
     * @param parameters how it behaves
     * @return false when the association cannot open it
     */
    public boolean openNegotiated(int id, DataChannelParameters parameters) {
        return data.openNegotiated(id, parameters);
    }

    /**
     * Gives a message to the association, which owns the array from then on.
     *
     * @param id the stream
     * @param text whether it is text
     * @param payload the message
     * @return false when it was not taken
     */
    public boolean send(int id, boolean text, byte[] payload) {
        return data.send(id, !text, payload, driver.nowNanos());
    }

    /**
     * Resets a stream after what is queued on it.
     *
     * @param id the stream
     */
    public void close(int id) {
        data.close(id, driver.nowNanos());
    }

    /**
     * Says whether messages of a channel are handed out part by part as they come, or whole.
     *
     * @param id the stream
     * @param on whether part by part
     */
    public void setStreaming(int id, boolean on) {
        data.setStreaming(id, on);
    }

    /**
     * The handlers of a message have returned; to be told once for each message.
     *
     * @param id the stream
     * @param bytes its payload bytes
     */
    public void consumed(int id, int bytes) {
        data.consumed(id, bytes, driver.nowNanos());
        driver.goOn();
    }

    /**
     * Hands out how many payload bytes of each channel were first sent, or dropped unsent, since the last call.
     *
     * @param consumer called for each channel concerned
     */
    public void drainSent(SctpAssociation.SentBytes consumer) {
        data.drainSent(consumer);
    }

    /** Packets take another way: what was found about its packet size is forgotten. */
    void pathChanged() {
        data.pathChanged(driver.nowNanos());
    }

    /** Ends the association with ABORT; ICE and DTLS stay. */
    public void abort() {
        data.abort(driver.nowNanos());
    }

    /**
     * Runs a task once the association has nothing left to send and everything was acknowledged.
     *
     * @param task runs on the loop, in a turn
     */
    public void whenDrained(Runnable task) {
        onDrained = task;
    }

    /** At the end of a turn. */
    void checkDrained() {
        Runnable task = onDrained;
        if (task != null && data.isDrained()) {
            onDrained = null;
            task.run();
        }
    }
}
