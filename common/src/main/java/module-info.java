/** The contracts that every protocol engine of webrtc4j shares; depends on the JDK only. */
module org.webrtc4j.common {
    requires static transitive org.jspecify;

    exports org.webrtc4j.common;
}
