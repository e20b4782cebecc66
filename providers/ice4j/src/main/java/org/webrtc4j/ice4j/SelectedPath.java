package org.webrtc4j.ice4j;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.RelayedCandidate;
import org.ice4j.socket.IceSocketWrapper;
import org.webrtc4j.ice.SelectedPair;

/** Where data goes once a pair is selected. Made on a thread of ice4j, used on the loop. */
final class SelectedPath {

    /** Ethernet's 1500 less IPv4 and UDP headers; the header of ChannelData less on a relay, that of IPv6 less there. */
    private static final int MAX_PAYLOAD = 1_472;

    private static final int IPV6_MORE = 20;

    /** A Send indication of an IPv6 peer (RFC 8656 section 10.1): ice4j uses channels for part of the data only. */
    private static final int RELAY_FRAMING = 52;

    private final CandidatePair pair;
    private final SelectedPair selected;
    private final IceSocketWrapper socket;
    private final DatagramPacket datagram;
    private final int maxPayload;

    private SelectedPath(CandidatePair pair, SelectedPair selected, IceSocketWrapper socket) {
        this.pair = pair;
        this.selected = selected;
        this.socket = socket;
        InetSocketAddress remote = Candidates.plain(pair.getRemoteCandidate().getTransportAddress());
        datagram = new DatagramPacket(new byte[0], 0, remote);
        boolean relayed = pair.getLocalCandidate() instanceof RelayedCandidate;
        maxPayload = MAX_PAYLOAD
                - (remote.getAddress().getAddress().length > 4 ? IPV6_MORE : 0)
                - (relayed ? RELAY_FRAMING : 0);
    }

    /** The path of a pair that ice4j has selected. */
    @SuppressWarnings("deprecation") // the socket of a pair is what to use where a component has none of its own
    static SelectedPath of(CandidatePair pair, String localUfrag, String remoteUfrag) {
        SelectedPair selected = new SelectedPair(
                Candidates.ours(pair.getLocalCandidate(), localUfrag, null),
                Candidates.ours(pair.getRemoteCandidate(), remoteUfrag, null));
        return new SelectedPath(pair, selected, pair.getIceSocketWrapper());
    }

    SelectedPair selected() {
        return selected;
    }

    boolean is(CandidatePair other) {
        return pair.equals(other);
    }

    int maxPayload() {
        return maxPayload;
    }

    /** Sends at once; false when the socket refuses. */
    boolean send(ByteBuffer packet) {
        datagram.setData(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining());
        try {
            socket.send(datagram);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
