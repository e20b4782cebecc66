/** The W3C WebRTC API in Java, and what only servers need beside it. */
module org.webrtc4j {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;
    requires transitive org.webrtc4j.dtlssrtp;
    requires transitive org.webrtc4j.ice;
    requires transitive org.webrtc4j.media;
    requires transitive org.webrtc4j.rtp;
    requires org.webrtc4j.sctp;
    requires org.webrtc4j.sdp;
    requires jdk.jfr;
    requires org.slf4j;

    exports org.webrtc4j;

    uses org.webrtc4j.MediaSourceProvider;
}
