package org.webrtc4j.ice4j;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Component;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.StunCandidateHarvester;
import org.ice4j.ice.harvest.TurnCandidateHarvester;
import org.ice4j.security.LongTermCredential;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.gather.ServerUrl;

/** One URL of a server: what to ask it, which blocks, and why it cannot be asked. */
record ServerLookup(String url, @Nullable ServerUrl parsed, IceServer server) {

    /** W3C: an error that is not the server's. */
    private static final int UNREACHABLE = 701;

    static ServerLookup of(String url, IceServer server) {
        return new ServerLookup(url, ServerUrl.parse(url), server);
    }

    boolean isTurn() {
        return parsed != null && parsed.scheme().startsWith("turn");
    }

    /** Why it is not asked, or null. */
    @Nullable
    String refusal() {
        if (parsed == null) {
            return "Not the URL of a STUN or TURN server.";
        }
        if (parsed.scheme().endsWith("s") || !parsed.transport().equals("udp")) {
            return "ice4j reaches servers by UDP only.";
        }
        return null;
    }

    IceCandidateError error(String text) {
        return new IceCandidateError(null, -1, url, UNREACHABLE, text);
    }

    /** An error that the server itself told. */
    IceCandidateError error(int code, String reason) {
        return new IceCandidateError(null, -1, url, code, reason);
    }

    /** Where the server is; asks the system for a name, which blocks. */
    InetSocketAddress resolve() throws UnknownHostException {
        ServerUrl known = Objects.requireNonNull(parsed);
        return new InetSocketAddress(InetAddress.getByName(known.host()), known.port());
    }

    /**
     * Asks the server, and waits until it has answered or ice4j has given up: 7 transmissions, some seconds.
     *
     * @return the candidates, which the component has by then; empty when no answer came, or only what is known already
     */
    List<LocalCandidate> harvest(InetSocketAddress address, Component component) {
        TransportAddress target = new TransportAddress(address, Transport.UDP);
        StunCandidateHarvester harvester = isTurn()
                ? new TurnCandidateHarvester(target, new LongTermCredential(server.username(), server.credential()))
                : new StunCandidateHarvester(target);
        return List.copyOf(harvester.harvest(component));
    }
}
