/** Session descriptions (RFC 8866) with the attributes of WebRTC: records, parser and writer; depends on the JDK only. */
module org.webrtc4j.sdp {
    requires static transitive org.jspecify;

    exports org.webrtc4j.sdp;
}
