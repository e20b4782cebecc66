/** SCTP associations in the WebRTC profile, and data channels over them. */
module org.webrtc4j.sctp {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;

    exports org.webrtc4j.sctp;
    exports org.webrtc4j.sctp.datachannel;
}
