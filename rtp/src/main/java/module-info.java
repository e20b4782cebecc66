/** RTP and RTCP packets, header extensions, and the session of one connection. */
module org.webrtc4j.rtp {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;

    exports org.webrtc4j.rtp;
    exports org.webrtc4j.rtp.congestion;
    exports org.webrtc4j.rtp.extension;
    exports org.webrtc4j.rtp.rtcp;
}
