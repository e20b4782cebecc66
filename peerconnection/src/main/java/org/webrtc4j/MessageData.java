package org.webrtc4j;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a data channel carries: text or bytes. */
public sealed interface MessageData {

    /**
     * Returns the message as text.
     *
     * @return the text; of a binary message its bytes read as UTF-8
     */
    String text();

    /**
     * Returns the message as bytes.
     *
     * @return of {@link ArrayBuffer} its array itself, else a copy; of a text message its UTF-8 form
     */
    byte[] bytes();

    /**
     * A text message.
     *
     * @param text the text
     */
    record Text(String text) implements MessageData {

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * A binary message as an array, for {@link BinaryType#ARRAYBUFFER}. The receiver owns the array.
     *
     * @param bytes the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content below
    record ArrayBuffer(byte[] bytes) implements MessageData {

        @Override
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ArrayBuffer that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "ArrayBuffer[" + bytes.length + " bytes]";
        }
    }

    /**
     * A binary message as an immutable buffer, for {@link BinaryType#BLOB}.
     *
     * @param buffer a read-only buffer over the whole message
     */
    record Blob(ByteBuffer buffer) implements MessageData {

        /**
         * Makes the buffer read-only.
         *
         * @param buffer a buffer over the whole message
         */
        public Blob {
            buffer = buffer.asReadOnlyBuffer();
        }

        @Override
        public String text() {
            return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
        }

        @Override
        public byte[] bytes() {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
    }
}
