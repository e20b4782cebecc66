/** DTLS over Bouncy Castle, certificates and fingerprints, and the keys of SRTP. */
module org.webrtc4j.dtlssrtp {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;

    exports org.webrtc4j.dtls;
    exports org.webrtc4j.srtp;
    exports org.webrtc4j.certificate;
}
