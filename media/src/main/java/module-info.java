/** Payload formats, encoded frames, codec matching, files and the pieces of voice: engines without codec libraries. */
module org.webrtc4j.media {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;

    exports org.webrtc4j.media;
    exports org.webrtc4j.media.assembly;
    exports org.webrtc4j.media.audio;
    exports org.webrtc4j.media.capability;
    exports org.webrtc4j.media.codec;
    exports org.webrtc4j.media.dtmf;
    exports org.webrtc4j.media.file;
    exports org.webrtc4j.media.g711;
    exports org.webrtc4j.media.g722;
    exports org.webrtc4j.media.h264;
    exports org.webrtc4j.media.opus;
    exports org.webrtc4j.media.playout;

    uses org.webrtc4j.media.codec.CodecFactory;
}
