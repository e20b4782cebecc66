package org.webrtc4j.samples.demo;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The files that visitors have brought, by their SHA-256: a page that connects again goes on with its own. When there are too
 * many, those go first that were asked for least recently. The disk is read and written on one thread, never on a connection's
 * loop; everything but {@link #execute} belongs to that thread.
 */
final class FileStore implements AutoCloseable {

    static final long LARGEST_FILE = 1L << 30;
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_FILES = 64;

    private final Map<String, StoredFile> files = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "demo-files");
        made.setDaemon(true);
        return made;
    });

    /** Runs on the store's thread; not at all once it is closed. */
    void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The demo ends, and its connections with it.
        }
    }

    /** The file to go on with, or a new one of no bytes. */
    StoredFile offered(String sha256, long size, Object transfer) throws IOException {
        StoredFile known = files.get(sha256);
        if (known != null && known.size == size) {
            known.writtenBy(transfer);
            return known;
        }
        discard(sha256);
        makeRoom(size);
        StoredFile made = new StoredFile(sha256, size, transfer);
        files.put(sha256, made);
        return made;
    }

    private void makeRoom(long bytes) throws IOException {
        long kept = files.values().stream().mapToLong(file -> file.size).sum();
        for (Iterator<StoredFile> eldest = files.values().iterator();
                eldest.hasNext() && (kept + bytes > MOST_BYTES || files.size() >= MOST_FILES); ) {
            StoredFile file = eldest.next();
            kept -= file.size;
            file.writtenBy(this);
            file.close();
            eldest.remove();
        }
    }

    /** A file that has arrived in full, or null. */
    @Nullable
    StoredFile complete(String sha256) {
        StoredFile known = files.get(sha256);
        return known != null && known.isComplete() ? known : null;
    }

    void discard(String sha256) throws IOException {
        StoredFile known = files.remove(sha256);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        execute(() -> {
            for (StoredFile file : files.values()) {
                try {
                    file.close();
                } catch (IOException e) {
                    // It goes with the process.
                }
            }
            files.clear();
        });
        thread.shutdown();
    }
}
