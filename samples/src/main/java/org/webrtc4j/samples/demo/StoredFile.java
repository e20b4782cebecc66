package org.webrtc4j.samples.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file known by its SHA-256, as much of it as has arrived. It has no name on the disk, or loses it when it is closed: nothing
 * is left when the process ends.
 */
final class StoredFile implements AutoCloseable {

    final String sha256;
    final long size;
    private final FileChannel content;
    private final MessageDigest digest;
    private long received;
    private Object writer;
    private boolean verified;

    StoredFile(String sha256, long size, Object writer) throws IOException {
        this.sha256 = sha256;
        this.size = size;
        this.writer = writer;
        Path path = Files.createTempFile("webrtc4j-demo", ".part");
        content = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The transfer that goes on with it; an older one, whose connection broke, has no say any more. */
    void writtenBy(Object transfer) {
        writer = transfer;
    }

    boolean isWrittenBy(Object transfer) {
        return writer == transfer;
    }

    long received() {
        return received;
    }

    boolean isComplete() {
        return received == size;
    }

    /** Adds what comes next; false when it is more than was announced. */
    boolean append(byte[] bytes) throws IOException {
        if (bytes.length > size - received) {
            return false;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long at = received;
        while (rest.hasRemaining()) {
            at += content.write(rest, at);
        }
        digest.update(bytes);
        received = at;
        return true;
    }

    /** Whether the complete file is the one announced. */
    boolean verify() {
        verified = verified || HexFormat.of().formatHex(digest.digest()).equals(sha256);
        return verified;
    }

    /** Reads a part, as long as the array where there is so much. */
    int read(byte[] into, long from) throws IOException {
        return content.read(ByteBuffer.wrap(into), from);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
