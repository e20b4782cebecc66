/** ICE for one bundled, multiplexed component: the agent, the STUN codec, candidates, and UDP ports on Netty. */
module org.webrtc4j.ice {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;

    exports org.webrtc4j.ice;
    exports org.webrtc4j.ice.memory;
    exports org.webrtc4j.ice.port;
}
