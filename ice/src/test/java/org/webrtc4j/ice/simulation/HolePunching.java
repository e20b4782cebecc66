package org.webrtc4j.ice.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.NatBehaviour.Dependence;

/**
 * What two sides behind NATs can reach at best, from the words of RFC 4787 alone: both send to every address they know,
 * and learn every address from which something comes, until nothing new happens.
 *
 * <p>An outer address is written "side|what it was made for".
 */
public final class HolePunching {

    private static final String STUN = "0|server";

    /** Addresses made for addresses made for addresses: chasing them further leads nowhere. */
    private static final int MAX_LENGTH = 60;

    private final List<NatBehaviour> nats;
    private final List<Set<String>> known = List.of(new HashSet<>(), new HashSet<>());
    private final Set<String> permitted = new HashSet<>();
    private boolean connected;

    public HolePunching(NatBehaviour one, NatBehaviour two) {
        nats = List.of(one, two);
    }

    public boolean succeeds() {
        for (int side = 0; side < 2; side++) {
            permitted.add(outer(side, STUN) + " < " + part(STUN, nats.get(side).filtering()));
            known.get(1 - side).add(outer(side, STUN));
        }
        boolean news = true;
        while (news && !connected) {
            boolean first = send(0);
            news = send(1) || first;
        }
        return connected;
    }

    /**
     * The candidates of the selected pair, that of the first side first: a mapping that is the same for everybody is the one
     * that the server has told, any other is learned from checks.
     */
    public List<IceCandidateType> types() {
        return nats.stream()
                .map(nat -> nat.mapping() == Dependence.ENDPOINT_INDEPENDENT
                        ? IceCandidateType.SERVER_REFLEXIVE
                        : IceCandidateType.PEER_REFLEXIVE)
                .toList();
    }

    private boolean send(int side) {
        boolean news = false;
        for (String to : Set.copyOf(known.get(side))) {
            String from = outer(side, to);
            if (from.length() > MAX_LENGTH) {
                continue;
            }
            news |= permitted.add(from + " < " + part(to, nats.get(side).filtering()));
            int other = 1 - side;
            if (permitted.contains(to + " < " + part(from, nats.get(other).filtering()))) {
                news |= known.get(other).add(from);
                // An answer counts when it comes from where the request went.
                connected |= outer(other, from).equals(to);
            }
        }
        return news;
    }

    private String outer(int side, String destination) {
        return (side + 1) + "|" + part(destination, nats.get(side).mapping());
    }

    private static String part(String address, Dependence dependence) {
        return switch (dependence) {
            case ENDPOINT_INDEPENDENT -> "*";
            case ADDRESS -> address.substring(0, 1);
            case ADDRESS_AND_PORT -> "(" + address + ")";
        };
    }
}
