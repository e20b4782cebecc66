package org.webrtc4j.benchmarks.datagram;

import java.nio.ByteBuffer;

/** What is sent at once: as many packets as one segmented send can hold, each as large as a full one of WebRTC. */
final class Burst {

    static final int PACKETS = 50;
    static final int PACKET_BYTES = 1_200;

    /** The system's common limit is far lower; what it grants holds a burst. */
    static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Of a DTLS record: on a shared port a packet of none of WebRTC's protocols would be dropped. */
    private static final byte DTLS_APPLICATION_DATA = 23;

    private Burst() {}

    /** A packet as engines make it: on the heap, where ciphers work. */
    static ByteBuffer packet() {
        return ByteBuffer.wrap(bytes());
    }

    static byte[] bytes() {
        byte[] bytes = new byte[PACKET_BYTES];
        bytes[0] = DTLS_APPLICATION_DATA;
        return bytes;
    }
}
