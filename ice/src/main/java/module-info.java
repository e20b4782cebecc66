/** ICE for one bundled, multiplexed component: the agent, the STUN codec, candidates, and UDP ports on Netty. */
module org.webrtc4j.ice {
    requires static transitive org.jspecify;
    requires transitive org.webrtc4j.common;
    requires transitive io.netty.transport;
    requires io.netty.common;
    requires io.netty.buffer;
    requires org.slf4j;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;

    exports org.webrtc4j.ice;
    exports org.webrtc4j.ice.memory;
    exports org.webrtc4j.ice.port;
}
