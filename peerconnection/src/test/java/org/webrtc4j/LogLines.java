package org.webrtc4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the connections write into the log while this is open. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(RTCPeerConnection.class.getName());
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /** A line, and the name that stood in the MDC of the thread that wrote it. */
    record Line(Level level, String message, @Nullable String connection) {}

    LogLines() {
        logger.addHandler(this);
    }

    List<Line> of(String connection) {
        return lines.stream()
                .filter(line -> connection.equals(line.connection()))
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(new Line(line.getLevel(), line.getMessage(), MDC.get(ConnectionLog.MDC_KEY)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
