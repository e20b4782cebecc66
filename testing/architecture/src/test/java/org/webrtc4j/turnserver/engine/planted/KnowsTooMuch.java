package org.webrtc4j.turnserver.engine.planted;

import io.netty.buffer.ByteBuf;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    ByteBuf stranger(ByteBuf given) {
        return given;
    }
}
