package org.webrtc4j.ice4j;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.ice.Candidate;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceSocketWrapper;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;

/**
 * Host candidates on given addresses, an ephemeral port each. ice4j's own harvester takes its addresses from a
 * configuration of the whole process, and never loopback.
 */
final class AddressHarvester extends AbstractCandidateHarvester {

    private final List<InetAddress> addresses;
    private final boolean hidden;
    private final List<DatagramSocket> sockets = new ArrayList<>();

    /** With {@code hidden} the candidates serve to reach relays only: nothing is checked from them. */
    AddressHarvester(List<InetAddress> addresses, boolean hidden) {
        this.addresses = addresses;
        this.hidden = hidden;
    }

    /** The sockets that could be opened. */
    List<DatagramSocket> sockets() {
        return sockets;
    }

    @Override
    public boolean isHostHarvester() {
        return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component component) {
        List<LocalCandidate> candidates = new ArrayList<>();
        for (InetAddress address : addresses) {
            DatagramSocket socket;
            try {
                socket = new MultiplexingDatagramSocket(0, address);
            } catch (SocketException unusable) {
                continue; // an address may have gone since it was listed; explain() tells when none is left
            }
            HostCandidate candidate = hidden
                    ? new HiddenCandidate(new IceUdpSocketWrapper(socket), component)
                    : new HostCandidate(new IceUdpSocketWrapper(socket), component, Transport.UDP);
            if (component.addLocalCandidate(candidate)) {
                candidate.getStunStack().addSocket(candidate.getStunSocket(null));
                sockets.add(socket);
                candidates.add(candidate);
            } else {
                socket.close();
            }
        }
        return candidates;
    }

    /** A candidate from which no pair is made. */
    private static final class HiddenCandidate extends HostCandidate {

        HiddenCandidate(IceSocketWrapper socket, Component component) {
            super(socket, component, Transport.UDP);
        }

        @Override
        public boolean canReach(Candidate<?> remote) {
            return false;
        }
    }
}
