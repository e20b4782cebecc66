/** A STUN and TURN server to embed. */
module org.webrtc4j.turnserver {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;
    requires transitive org.webrtc4j.ice;

    exports org.webrtc4j.turnserver;
    exports org.webrtc4j.turnserver.engine;
}
