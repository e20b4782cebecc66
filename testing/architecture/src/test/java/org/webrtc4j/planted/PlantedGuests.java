package org.webrtc4j.planted;

import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;

/** Each nested class does one thing that no guest in a process does. */
public final class PlantedGuests {

    private PlantedGuests() {}

    /** Adds a security provider to the process. */
    public static final class AddsProvider {
        void add(Provider provider) {
            Security.addProvider(provider);
        }
    }

    /** Wants to be called at the end. */
    public static final class HooksShutdown {
        void hook() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }

    /** Prints. */
    public static final class Prints {
        void print() {
            System.out.println("here");
        }
    }

    /** Prints a stack trace. */
    public static final class PrintsTrace {
        @SuppressWarnings("CatchAndPrintStackTrace")
        void print(IllegalStateException e) {
            e.printStackTrace();
        }
    }

    /** Assigns a static field. */
    public static final class StaticAssigned {
        @SuppressWarnings("NonFinalStaticField")
        static int last;
    }

    /** Counts in a static field. */
    public static final class StaticCounter {
        static final AtomicLong COUNT = new AtomicLong();
    }

    /** Is named for nothing. */
    public static final class ThingImpl {}

    /** Is named for nothing. */
    public static final class ThingManager {}

    /** Is named for nothing. */
    public static final class ThingHelper {}

    /** Is named for nothing. */
    public static final class ThingUtils {}
}
