package org.webrtc4j.media.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** A file in memory that can go back. */
final class MemoryFile implements FileOutput {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean goesBack;

    MemoryFile(boolean goesBack) {
        this.goesBack = goesBack;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
    }

    @Override
    public boolean rewrite(long position, byte[] bytes) {
        if (goesBack) {
            byte[] all = bytes();
            System.arraycopy(bytes, 0, all, (int) position, bytes.length);
            out.reset();
            out.writeBytes(all);
        }
        return goesBack;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static FileOpener opener(byte[] bytes) {
        return position -> open(bytes, (int) Math.min(bytes.length, position));
    }

    private static InputStream open(byte[] bytes, int position) {
        return new ByteArrayInputStream(bytes, position, bytes.length - position);
    }
}
