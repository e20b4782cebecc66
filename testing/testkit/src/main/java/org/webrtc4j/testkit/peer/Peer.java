package org.webrtc4j.testkit.peer;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One peer that speaks the command-line peer's protocol: a program, or a page in a browser. */
public abstract class Peer implements AutoCloseable {

    private final String name;
    private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private final List<JsonObject> seen = new ArrayList<>();
    private volatile Consumer<JsonObject> signals = line -> {};

    /**
     * Creates a peer.
     *
     * @param name how failures call it
     */
    protected Peer(String name) {
        this.name = name;
    }

    /**
     * Gives the peer one line.
     *
     * @param line the message or command
     */
    public abstract void send(JsonObject line);

    @Override
    public abstract void close();

    /**
     * Copies descriptions, candidates and byes of each to the other.
     *
     * @param one a peer
     * @param other the peer it connects to
     */
    public static void join(Peer one, Peer other) {
        one.signals = other::send;
        other.signals = one::send;
    }

    /**
     * Copies descriptions, candidates and byes of each to the other, as somebody between them changes them.
     *
     * @param one a peer
     * @param other the peer it connects to
     * @param fromOne what becomes of a line of the one, nothing to leave it out
     * @param fromOther what becomes of a line of the other
     */
    public static void join(
            Peer one,
            Peer other,
            Function<JsonObject, Optional<JsonObject>> fromOne,
            Function<JsonObject, Optional<JsonObject>> fromOther) {
        one.signals = line -> fromOne.apply(line).ifPresent(other::send);
        other.signals = line -> fromOther.apply(line).ifPresent(one::send);
    }

    /**
     * Gives a command.
     *
     * @param name start, stats or quit
     */
    public void command(String name) {
        JsonObject command = new JsonObject();
        command.addProperty("type", "cmd");
        command.addProperty("name", name);
        send(command);
    }

    /**
     * Waits for an event, passing over others. An error or the end of the peer is a failure of the test.
     *
     * @param event the event's name
     * @param seconds how long to wait at the most
     * @return the event
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public JsonObject await(String event, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            JsonObject next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError(
                        name + " did not say " + event + " within " + seconds + " s; its last words: " + lastWords());
            }
            seen.add(next);
            String said = next.get("name").getAsString();
            if (said.equals(event)) {
                return next;
            }
            if (said.equals("error")) {
                throw new AssertionError(
                        name + ": " + next.get("message").getAsString() + "; its last words: " + lastWords());
            }
        }
    }

    /**
     * Returns the last events, waited for or not: what a failure of the other side is explained by.
     *
     * @return five at the most, the latest last
     */
    public List<JsonObject> lastWords() {
        List<JsonObject> all = new ArrayList<>(seen);
        all.addAll(events);
        return all.subList(Math.max(0, all.size() - 5), all.size());
    }

    /**
     * Takes one line that the peer said.
     *
     * @param line an event or a signal
     */
    protected final void said(JsonObject line) {
        if ("event".equals(line.get("type").getAsString())) {
            events.add(line);
        } else {
            signals.accept(line);
        }
    }

    /**
     * Tells that the peer says nothing more.
     *
     * @param why for the failure of whoever still waits
     */
    protected final void ended(String why) {
        JsonObject event = new JsonObject();
        event.addProperty("type", "event");
        event.addProperty("name", "error");
        event.addProperty("message", why);
        events.add(event);
    }

    @Override
    public String toString() {
        return name;
    }
}
