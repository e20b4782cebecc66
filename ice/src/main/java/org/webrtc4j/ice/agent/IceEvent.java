package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;

/** What an {@link IceEngine} tells its owner. */
public sealed interface IceEvent {

    /**
     * The state changed.
     *
     * @param state the new state
     */
    record StateChanged(IceState state) implements IceEvent {}

    /**
     * Another pair carries data.
     *
     * @param previous the pair before, or null
     * @param current the pair from now on, or null
     */
    record SelectedPairChanged(
            @Nullable SelectedPair previous, @Nullable SelectedPair current) implements IceEvent {}

    /**
     * A remote address proved that it knows the credentials: its packets may come in.
     *
     * @param port the local port
     * @param remote the address
     */
    record RemoteVerified(int port, InetSocketAddress remote) implements IceEvent {}

    /**
     * A remote address belongs to no generation any more, or the TCP connection to it is not needed any more.
     *
     * @param port the local port
     * @param remote the address
     */
    record RemoteForgotten(int port, InetSocketAddress remote) implements IceEvent {}

    /**
     * Requests for a local ufrag are not expected any more.
     *
     * @param ufrag the ufrag of a generation that has ended
     */
    record GenerationEnded(String ufrag) implements IceEvent {}
}
