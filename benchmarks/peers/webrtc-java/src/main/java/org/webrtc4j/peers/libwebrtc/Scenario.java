package org.webrtc4j.peers.libwebrtc;

/** What the connections are for. */
interface Scenario {

    /** The offerer's start; runs on a thread of its own, for as long as the scenario takes. */
    void begin() throws Exception;

    /** A channel can be used; runs on a thread of its own. */
    void opened(Channel channel) throws Exception;

    /** A message came; runs on libwebrtc's thread, which must not be held up. The bytes are the receiver's own. */
    void received(Channel channel, byte[] data, boolean isText);

    /** The channel has closed; runs on libwebrtc's thread. */
    default void closed(Channel channel) {}
}
