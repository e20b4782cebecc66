/** DTLS over Bouncy Castle, certificates and fingerprints, and SRTP on the JDK's ciphers. */
module org.webrtc4j.dtlssrtp {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.tls;

    exports org.webrtc4j.dtls;
    exports org.webrtc4j.dtls.bouncycastle;
    exports org.webrtc4j.srtp;
    exports org.webrtc4j.srtp.jca;
    exports org.webrtc4j.certificate;
}
