package org.webrtc4j.ice.port;

import java.util.Objects;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceParameters;

/**
 * What an {@link UnknownUfragHook} answers when it knows the ufrag.
 *
 * <p>The requests kept are verified with the password. When one is authentic, an agent is to be made that has the ufrag
 * and the password, on the loop given; once it has bound the ufrag to its ports it takes the request that was kept.
 *
 * @param password of this side, 22 to 256 ice-chars
 * @param verified called once, on a loop, when a request was authentic; with the loop on which the agent is to live
 */
public record UfragAdmission(String password, Consumer<EventLoop> verified) {

    /** Requests of unknown ufrags that wait at once at one provider of ports; further ones are dropped and counted. */
    public static final int MAX_PENDING = 256;

    /** How long a request waits for the hook and then for its agent; then it is dropped and counted. */
    public static final int PENDING_SECONDS = 5;

    /**
     * Checks the password.
     *
     * @param password of this side
     * @param verified makes the agent
     * @throws IllegalArgumentException when the password is not 22 to 256 ice-chars
     */
    public UfragAdmission {
        IceParameters.checkPassword(password);
        Objects.requireNonNull(verified, "verified");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "UfragAdmission[]";
    }
}
