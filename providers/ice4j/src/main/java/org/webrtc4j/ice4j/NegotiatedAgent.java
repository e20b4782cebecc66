package org.webrtc4j.ice4j;

import java.net.SocketAddress;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.HostCandidate;
import org.ice4j.stack.StunStack;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceParameters;

/**
 * An agent of ice4j with credentials that it has not drawn itself, which answers what is authentic only and remembers a
 * bounded number of addresses. Called on any of ice4j's threads.
 */
final class NegotiatedAgent extends Agent {

    /** How many checks are queued before the remote parameters are known; ice4j keeps every one of them. */
    private static final int MAX_EARLY_CHECKS = 50;

    /** It logs addresses at levels that are on by default. */
    private static final Logger SILENT = new LoggerImpl(NegotiatedAgent.class.getName(), Level.OFF);

    private final IceParameters parameters;
    private final Set<SocketAddress> verified;
    private final int maxAddresses;
    private final boolean relayOnly;
    private final SharedDrops drops;
    private final Consumer<Boolean> controlling;
    private int earlyChecks;
    private volatile boolean roleKnown;

    /** Made by a call from the constructor of the class above, and for this reason without an initial value here. */
    private @Nullable VerifyingStunStack stack;

    NegotiatedAgent(
            IceParameters parameters,
            Set<SocketAddress> verified,
            int maxAddresses,
            boolean relayOnly,
            SharedDrops drops,
            Consumer<Boolean> controlling) {
        super(SILENT);
        this.parameters = parameters;
        this.verified = verified;
        this.maxAddresses = maxAddresses;
        this.relayOnly = relayOnly;
        this.drops = drops;
        this.controlling = controlling;
        verifyingStack().serve(this, drops);
    }

    @Override
    public String getLocalUfrag() {
        return parameters.ufrag();
    }

    @Override
    public String getLocalPassword() {
        return parameters.pwd();
    }

    @Override
    public synchronized StunStack getStunStack() {
        return verifyingStack();
    }

    synchronized VerifyingStunStack verifyingStack() {
        VerifyingStunStack made = stack;
        if (made == null) {
            made = new VerifyingStunStack();
            stack = made;
        }
        return made;
    }

    /** Takes the role that was negotiated. */
    void role(boolean controls) {
        roleKnown = true;
        setControlling(controls);
    }

    /**
     * A check comes. ice4j takes itself for controlling until it is told otherwise, and would repair a conflict that is none:
     * before the role is known it is the other one.
     */
    void onCheck(boolean peerControls) {
        if (!roleKnown && isControlling() == peerControls) {
            super.setControlling(!peerControls);
        }
    }

    /** Conflicts are repaired deep inside (RFC 8445 section 7.3.1.1). */
    @Override
    public void setControlling(boolean isControlling) {
        boolean changed = isControlling() != isControlling;
        super.setControlling(isControlling);
        if (changed) {
            controlling.accept(isControlling);
        }
    }

    /** A check whose integrity was right: data from where it came is the peer's from now on. */
    @Override
    protected boolean incomingCheckReceived(
            TransportAddress remote,
            TransportAddress local,
            long priority,
            String remoteUfrag,
            @Nullable String localUfrag,
            boolean useCandidate) {
        if (relayOnly && findLocalCandidate(local) instanceof HostCandidate) {
            return false;
        }
        SocketAddress address = Candidates.plain(remote);
        synchronized (verified) {
            if (!verified.contains(address) && verified.size() >= maxAddresses) {
                drops.count(Drop.PEER_REFLEXIVE_LIMIT);
                return false;
            }
            if (!isStarted() && !isOver() && ++earlyChecks > MAX_EARLY_CHECKS) {
                drops.count(Drop.PEER_REFLEXIVE_LIMIT);
                return false;
            }
            verified.add(address);
        }
        return super.incomingCheckReceived(remote, local, priority, remoteUfrag, localUfrag, useCandidate);
    }
}
