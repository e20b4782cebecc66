package org.webrtc4j.samples;

/** Logs of the samples go to standard error in a short form; {@code -Dorg.slf4j.simpleLogger...} overrides each setting. */
public final class LogSettings {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private LogSettings() {}

    static void apply() {
        set("showDateTime", "true");
        set("dateTimeFormat", "HH:mm:ss.SSS");
        set("showShortLogName", "true");
        set("showThreadName", "false");
        set("log.io.netty", "warn");
    }

    /** Leaves out what is not at least a warning; to be called before the first connection. */
    public static void warningsOnly() {
        set("log.org.webrtc4j", "warn");
    }

    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
