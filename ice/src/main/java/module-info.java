/** ICE for one bundled, multiplexed component: the agent, the STUN codec, candidates, and UDP ports on Netty. */
@SuppressWarnings("module") // the modules named by qualified exports are built after this one
module org.webrtc4j.ice {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;
    requires transitive io.netty.transport;
    requires io.netty.common;
    requires io.netty.buffer;
    requires io.netty.handler;
    requires org.slf4j;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;

    exports org.webrtc4j.ice;
    exports org.webrtc4j.ice.memory;
    exports org.webrtc4j.ice.port;
    exports org.webrtc4j.ice.agent to
            org.webrtc4j.ice4j;
    exports org.webrtc4j.ice.gather to
            org.webrtc4j.ice4j;
    exports org.webrtc4j.ice.stun to
            org.webrtc4j.ice4j,
            org.webrtc4j.turnserver;
    exports org.webrtc4j.ice.turn to
            org.webrtc4j.turnserver;
}
