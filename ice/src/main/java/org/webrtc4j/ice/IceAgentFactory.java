package org.webrtc4j.ice;

import org.webrtc4j.common.EventLoop;

/** Makes agents: on Netty's UDP ports, in memory, on a simulated network, or over another implementation of ICE. */
public interface IceAgentFactory extends AutoCloseable {

    /**
     * Makes an agent. Opens no port before {@link IceAgent#gather}.
     *
     * @param loop the loop on which the agent will live; the caller is on it
     * @param options what the connection wants
     * @return a new agent in state NEW
     */
    IceAgent create(EventLoop loop, IceAgentOptions options);

    /** Releases what the agents of this factory share. Agents still open are closed. */
    @Override
    void close();
}
