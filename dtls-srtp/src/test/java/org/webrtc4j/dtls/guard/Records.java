package org.webrtc4j.dtls.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Builds DTLS records by hand. */
final class Records {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long sequence;

    Records record(int type, int epoch, byte[] fragment) {
        ByteBuffer header = ByteBuffer.allocate(RecordWalker.HEADER_BYTES);
        header.put((byte) type).put((byte) 0xFE).put((byte) 0xFD).putShort((short) epoch);
        header.putShort((short) 0).putInt((int) sequence++).putShort((short) fragment.length);
        bytes.writeBytes(header.array());
        bytes.writeBytes(fragment);
        return this;
    }

    Records handshake(int type, int seq, int bodyBytes) {
        return record(RecordWalker.HANDSHAKE, 0, fragment(type, bodyBytes, seq, 0, bodyBytes));
    }

    Records changeCipherSpec() {
        return record(RecordWalker.CHANGE_CIPHER_SPEC, 0, new byte[] {1});
    }

    /** A protected record of the given type whose content is its mark. */
    Records secret(int type, int mark) {
        byte[] fragment = new byte[40];
        fragment[0] = (byte) mark;
        return record(type, 1, fragment);
    }

    static byte[] fragment(int type, int length, int seq, int offset, int fragmentBytes) {
        ByteBuffer fragment = ByteBuffer.allocate(12 + fragmentBytes);
        fragment.put((byte) type).put((byte) (length >> 16)).putShort((short) length);
        fragment.putShort((short) seq);
        fragment.put((byte) (offset >> 16)).putShort((short) offset);
        fragment.put((byte) (fragmentBytes >> 16)).putShort((short) fragmentBytes);
        return fragment.array();
    }

    ByteBuffer datagram() {
        ByteBuffer datagram = ByteBuffer.wrap(bytes.toByteArray());
        bytes.reset();
        return datagram;
    }
}
