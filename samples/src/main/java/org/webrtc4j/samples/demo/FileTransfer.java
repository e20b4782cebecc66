package org.webrtc4j.samples.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DOMException;
import org.webrtc4j.MessageEvent;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelState;

/**
 * The server's side of a channel that carries files. Text messages are commands and reports, binary ones the next bytes:
 *
 * <pre>
 * page to server: {"cmd":"offer","sha256":h,"size":n}, then the bytes from where the answer says
 *                 {"cmd":"fetch","sha256":h,"from":n}
 * server to page: {"have":n} where to begin, {"received":n} on the way, {"stored":h}, {"failed":why}
 *                 bytes, then {"sent":n}
 * </pre>
 *
 * <p>A page that comes again after its connection broke makes the same offer, or fetches from the byte up to which it got.
 *
 * <p>Lives on the store's thread. While that is behind, the channel is not read, and the page's SCTP feels it.
 */
final class FileTransfer {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int SLICE_BYTES = 64 * 1024;
    private static final long REPORT_BYTES = 1 << 20;
    private static final long HIGH_WATER = 4L << 20;
    private static final long LOW_WATER = 1L << 20;
    private static final long PAUSE_BYTES = 8L << 20;
    private static final long RESUME_BYTES = 2L << 20;

    private final RTCDataChannel channel;
    private final FileStore store;
    private final AtomicLong unwritten = new AtomicLong();
    private @Nullable StoredFile incoming;
    private @Nullable StoredFile outgoing;
    private long sent;
    private long reported;

    FileTransfer(RTCDataChannel channel, FileStore store) {
        this.channel = channel;
        this.store = store;
        channel.bufferedAmountLowThreshold(LOW_WATER);
        channel.onBufferedAmountLow(event -> run(this::fill));
        channel.onMessage(this::onMessage);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(Work work) {
        store.execute(() -> {
            try {
                work.run();
            } catch (IOException e) {
                incoming = null;
                outgoing = null;
                report("failed", "the server's disk: " + e.getMessage());
            }
        });
    }

    private void onMessage(MessageEvent message) {
        if (message.isText()) {
            String text = message.text();
            run(() -> command(text));
            return;
        }
        byte[] bytes = message.bytes();
        if (unwritten.addAndGet(bytes.length) > PAUSE_BYTES) {
            channel.pauseReading();
            resumeIfWritten(0);
        }
        run(() -> {
            try {
                append(bytes);
            } finally {
                resumeIfWritten(bytes.length);
            }
        });
    }

    private void resumeIfWritten(long bytes) {
        if (unwritten.addAndGet(-bytes) < RESUME_BYTES) {
            channel.resumeReading();
        }
    }

    private void command(String text) throws IOException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            String sha256 = json.get("sha256").getAsString();
            if (!SHA_256.matcher(sha256).matches()) {
                report("failed", "that is no SHA-256");
                return;
            }
            switch (json.get("cmd").getAsString()) {
                case "offer" -> offer(sha256, json.get("size").getAsLong());
                case "fetch" -> fetch(sha256, json.get("from").getAsLong());
                default -> report("failed", "unknown command");
            }
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException
                        e) { // what Gson has for the ways in which a value is not the one wanted
            report("failed", "not understood");
        }
    }

    private void offer(String sha256, long size) throws IOException {
        if (size < 0 || size > FileStore.LARGEST_FILE) {
            report("failed", "this server takes files of up to " + FileStore.LARGEST_FILE + " bytes");
            return;
        }
        StoredFile file = store.offered(sha256, size, this);
        incoming = file;
        reported = file.received();
        report("have", file.received());
        finishIfComplete(file);
    }

    private void append(byte[] bytes) throws IOException {
        StoredFile file = incoming;
        if (file == null || !file.isWrittenBy(this)) {
            return;
        }
        if (!file.append(bytes)) {
            drop(file, "more bytes than were announced");
            return;
        }
        if (file.received() - reported >= REPORT_BYTES) {
            reported = file.received();
            report("received", reported);
        }
        finishIfComplete(file);
    }

    private void finishIfComplete(StoredFile file) throws IOException {
        if (!file.isComplete()) {
            return;
        }
        incoming = null;
        if (file.verify()) {
            report("stored", file.sha256);
        } else {
            drop(file, "the bytes have another SHA-256 than was announced");
        }
    }

    private void drop(StoredFile file, String why) throws IOException {
        incoming = null;
        store.discard(file.sha256);
        report("failed", why);
    }

    private void fetch(String sha256, long from) throws IOException {
        StoredFile file = store.complete(sha256);
        if (file == null || from < 0 || from > file.size) {
            report("failed", "this server does not have that file");
            return;
        }
        outgoing = file;
        sent = from;
        fill();
    }

    private void fill() throws IOException {
        StoredFile file = outgoing;
        while (file != null
                && channel.readyState() == RTCDataChannelState.OPEN
                && channel.bufferedAmount() < HIGH_WATER) {
            byte[] slice = new byte[(int) Math.min(SLICE_BYTES, file.size - sent)];
            int length = slice.length == 0 ? 0 : file.read(slice, sent);
            if (length <= 0) {
                outgoing = null;
                report("sent", sent);
                return;
            }
            sent += length;
            try {
                channel.send(length == slice.length ? slice : Arrays.copyOf(slice, length));
            } catch (DOMException e) {
                // Closed between the look and the call: the page will fetch the rest by its next connection.
                return;
            }
        }
    }

    private void report(String name, long value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        send(json);
    }

    private void report(String name, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        send(json);
    }

    private void send(JsonObject json) {
        try {
            channel.send(json.toString());
        } catch (DOMException e) {
            // The connection is gone; the next one asks again.
        }
    }
}
