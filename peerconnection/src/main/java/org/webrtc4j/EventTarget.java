package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something at which events fire: a handler for each event, and any number of listeners beside it, called in the order
 * in which they were added.
 *
 * <p>Listeners may be added and removed from any thread, also while an event runs. A removed listener is not called any
 * more; one added by a running handler hears the next event.
 *
 * @see <a href="https://dom.spec.whatwg.org/#interface-eventtarget">the specification</a>
 */
public abstract class EventTarget {

    /** Replaced as a whole under the monitor of this list's owner, so that an event in progress walks an unchanging one. */
    private volatile List<Entry> entries = List.of();

    private final Object monitor = new Object();

    EventTarget() {}

    /**
     * Adds a listener. Adding the same one again for the same event does nothing.
     *
     * @param type the event
     * @param listener called on the connection's loop or Executor
     * @param <E> the class of the event object
     */
    public final <E extends Event> void addEventListener(EventType<E> type, Consumer<? super E> listener) {
        synchronized (monitor) {
            for (Entry entry : entries) {
                if (!entry.attribute && entry.type.equals(type) && entry.listener == listener) {
                    return;
                }
            }
            append(new Entry(type, listener, false));
        }
    }

    /**
     * Removes a listener; one that is not there is ignored.
     *
     * @param type the event
     * @param listener the listener that was added
     * @param <E> the class of the event object
     */
    public final <E extends Event> void removeEventListener(EventType<E> type, Consumer<? super E> listener) {
        synchronized (monitor) {
            for (Entry entry : entries) {
                if (!entry.attribute && entry.type.equals(type) && entry.listener == listener) {
                    remove(entry);
                    return;
                }
            }
        }
    }

    /** Sets the handler attribute of an event; it keeps the place among the listeners at which it was first set. */
    final <E extends Event> void setHandler(EventType<E> type, @Nullable Consumer<? super E> handler) {
        synchronized (monitor) {
            for (Entry entry : entries) {
                if (entry.attribute && entry.type.equals(type)) {
                    if (handler == null) {
                        remove(entry);
                    } else {
                        entry.listener = handler;
                    }
                    return;
                }
            }
            if (handler != null) {
                append(new Entry(type, handler, true));
            }
        }
    }

    /** Tells whether anybody listens, so that an event nobody hears need not be made. */
    final boolean hears(EventType<?> type) {
        for (Entry entry : entries) {
            if (entry.type.equals(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Calls every listener of an event.
     *
     * @param failures takes what a listener threw; the others are called all the same
     */
    @SuppressWarnings("unchecked") // an entry's listener takes its type's class, which is that of the event
    final <E extends Event> void dispatch(EventType<E> type, E event, Consumer<Throwable> failures) {
        for (Entry entry : entries) {
            if (!entry.removed && entry.type.equals(type)) {
                try {
                    ((Consumer<? super E>) entry.listener).accept(event);
                } catch (Throwable thrown) {
                    failures.accept(thrown);
                }
            }
        }
    }

    private void append(Entry entry) {
        List<Entry> copy = new ArrayList<>(entries);
        copy.add(entry);
        entries = copy;
    }

    private void remove(Entry entry) {
        entry.removed = true;
        List<Entry> copy = new ArrayList<>(entries);
        copy.remove(entry);
        entries = copy;
    }

    private static final class Entry {
        final EventType<?> type;
        final boolean attribute;
        volatile Consumer<?> listener;
        volatile boolean removed;

        Entry(EventType<?> type, Consumer<?> listener, boolean attribute) {
            this.type = type;
            this.listener = listener;
            this.attribute = attribute;
        }
    }
}
