package org.webrtc4j.ice.agent;

import java.util.random.RandomGenerator;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.stun.StunReader;

/** The role of an agent and the repair of conflicts (RFC 8445 sections 7.3.1.1 and 7.2.5.1). */
final class Role {

    /** What a request means for the role. */
    enum Verdict {
        /** No conflict, or not yet known. */
        AGREES,
        /** Both claim the same and we yield: our role has changed. */
        SWITCHED,
        /** Both claim the same and we stay: the answer is 487. */
        CONFLICT
    }

    private final RandomGenerator random;
    private IceRole role = IceRole.UNKNOWN;
    private long tieBreaker;

    Role(RandomGenerator random) {
        this.random = random;
        this.tieBreaker = random.nextLong();
    }

    IceRole get() {
        return role;
    }

    boolean isControlling() {
        return role == IceRole.CONTROLLING;
    }

    long tieBreaker() {
        return tieBreaker;
    }

    void set(IceRole role) {
        this.role = role;
    }

    Verdict judge(StunReader request, boolean lite) {
        boolean same =
                switch (role) {
                    case CONTROLLING -> request.isFromControlling();
                    case CONTROLLED -> request.isFromControlled();
                    case UNKNOWN -> false;
                };
        if (!same) {
            return Verdict.AGREES;
        }
        boolean larger = Long.compareUnsigned(tieBreaker, request.tieBreaker()) >= 0;
        // Who has the larger tie-breaker controls; a lite agent never does, as it sends no checks to nominate with.
        boolean stays = lite || larger == isControlling();
        if (stays) {
            return Verdict.CONFLICT;
        }
        flip();
        return Verdict.SWITCHED;
    }

    /** A 487 came: the other role, and another tie-breaker, so that a tie is not repeated. */
    void switchRole() {
        flip();
        tieBreaker = random.nextLong();
    }

    private void flip() {
        role = isControlling() ? IceRole.CONTROLLED : IceRole.CONTROLLING;
    }
}
