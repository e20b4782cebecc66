package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Is asked about connectivity checks that reach a shared port with a local ufrag that no agent has: so a server takes
 * connections that were never signalled to it.
 *
 * <p>Anybody who can reach the port can cause such a question, with any ufrag and from a forged address: nothing in it is
 * verified yet. Questions under way are bounded ({@link UfragAdmission#MAX_PENDING}, {@link
 * UfragAdmission#PENDING_SECONDS}), one for each remote address; what goes beyond is dropped and counted.
 */
@FunctionalInterface
public interface UnknownUfragHook {

    /**
     * Asks whose ufrag it is. The request waits meanwhile and is not answered.
     *
     * @param localUfrag the first half of USERNAME, 4 to 256 ice-chars: what the other side takes for this side's ufrag
     * @param remoteUfrag the second half, 4 to 256 ice-chars: the other side's ufrag
     * @param address where the request came from
     * @return completes on any thread, in time; empty to drop the request. A stage that fails, an exception or null drop it
     *     too. Called on a loop, so it must not block
     */
    CompletionStage<Optional<UfragAdmission>> onUnknownUfrag(
            String localUfrag, String remoteUfrag, InetSocketAddress address);
}
