package org.webrtc4j.ice.planted;

import io.netty.buffer.ByteBuf;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    ByteBuf stranger(ByteBuf given) {
        return given;
    }
}
