package org.webrtc4j.turnserver.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.TurnAttributes;
import org.webrtc4j.turnserver.engine.TurnServerEngine.RelayWish;

/** The four requests of a client with credentials (RFC 8656 sections 7.2, 8.2, 10.2 and 12.2). */
final class Requests {

    private final TurnServerOptions options;
    private final AllocationTable allocations;
    private final Authenticator authenticator;
    private final Answers answers;
    private final TurnServerEngine.Sink sink;
    private final List<InetAddress> peers = new ArrayList<>();

    Requests(
            TurnServerOptions options,
            AllocationTable allocations,
            Authenticator authenticator,
            Answers answers,
            TurnServerEngine.Sink sink) {
        this.options = options;
        this.allocations = allocations;
        this.authenticator = authenticator;
        this.answers = answers;
        this.sink = sink;
    }

    void take(Exchange request) {
        Allocation existing = allocations.find(request.listener, request.client);
        if (existing != null && existing.expiryNanos - request.nowNanos <= 0) {
            allocations.remove(existing);
            sink.closeRelay(existing.id);
            existing = null;
        }
        if (!authenticator.admits(request, existing)) {
            return;
        }
        if (request.reader.unknownCount() > 0) {
            answers.error(request, Stun.ERROR_UNKNOWN_ATTRIBUTE);
            return;
        }
        if (request.reader.type() == Stun.ALLOCATE_REQUEST) {
            if (existing == null) {
                allocate(request);
            } else if (!existing.isMadeBy(request)) {
                answers.error(request, Stun.ERROR_ALLOCATION_MISMATCH);
            } else if (existing.open) {
                answers.allocated(existing);
            }
            return;
        }
        if (existing == null || !existing.open) {
            answers.error(request, Stun.ERROR_ALLOCATION_MISMATCH);
            return;
        }
        // RFC 8656 section 5: requests about an allocation come from the user who made it.
        if (!existing.username.equals(request.username)) {
            answers.error(request, Stun.ERROR_WRONG_CREDENTIALS);
            return;
        }
        switch (request.reader.type()) {
            case Stun.REFRESH_REQUEST -> refresh(request, existing);
            case Stun.CREATE_PERMISSION_REQUEST -> createPermission(request, existing);
            case Stun.CHANNEL_BIND_REQUEST -> bindChannel(request, existing);
            default -> throw new IllegalStateException("no request of a client: " + request.reader.type());
        }
    }

    private void allocate(Exchange request) {
        TurnAttributes turn = request.turn;
        RelayWish wish = wish(turn);
        int error = refusal(request, wish);
        if (error != 0 || wish == null) {
            answers.error(request, error);
            return;
        }
        if (turn.dontFragment()) {
            // The sockets of a virtual machine cannot be told per packet: as if it were unknown (section 7.2).
            answers.unknown(request, Stun.DONT_FRAGMENT);
            return;
        }
        if (options.alternate().isPresent()) {
            answers.tryAlternate(request, options.alternate().get());
            return;
        }
        String account = options.credentials().account(request.username);
        if (allocations.ofAccount(account) >= options.limits().allocationsPerAccount()) {
            answers.error(request, Stun.ERROR_QUOTA_REACHED);
            return;
        }
        if (allocations.size() >= options.limits().allocations()) {
            answers.error(request, Stun.ERROR_INSUFFICIENT_CAPACITY);
            return;
        }
        Allocation allocation = new Allocation(
                allocations.nextId(), request, account, lifetime(turn), turn.additionalAddressFamily() == Stun.IPV6);
        allocations.add(allocation);
        sink.openRelay(allocation.id, wish);
    }

    /** Which families are wanted; null when none of them can be had. */
    private @Nullable RelayWish wish(TurnAttributes turn) {
        int family = turn.requestedAddressFamily();
        boolean both = turn.additionalAddressFamily() == Stun.IPV6;
        boolean ipv4 = options.ipv4() && (family == Stun.IPV4 || family < 0);
        boolean ipv6 = options.ipv6() && (family == Stun.IPV6 || both);
        return ipv4 || ipv6 ? new RelayWish(ipv4, ipv6, turn.evenPort()) : null;
    }

    /** The checks of section 7.2 in its order; 0 when nothing is wrong. */
    private static int refusal(Exchange request, @Nullable RelayWish wish) {
        TurnAttributes turn = request.turn;
        if (turn.requestedTransport() < 0) {
            return Stun.ERROR_BAD_REQUEST;
        }
        if (turn.requestedTransport() != Stun.TRANSPORT_UDP) {
            return Stun.ERROR_TRANSPORT_NOT_SUPPORTED;
        }
        boolean family = turn.requestedAddressFamily() >= 0;
        boolean additional = turn.additionalAddressFamily() >= 0;
        if (turn.hasReservationToken()) {
            // Ports are never reserved here, so no token is good.
            return turn.evenPort() || family || additional ? Stun.ERROR_BAD_REQUEST : Stun.ERROR_INSUFFICIENT_CAPACITY;
        }
        if (additional && (family || turn.additionalAddressFamily() != Stun.IPV6 || turn.reservesNextPort())) {
            return Stun.ERROR_BAD_REQUEST;
        }
        if (wish == null) {
            return Stun.ERROR_FAMILY_NOT_SUPPORTED;
        }
        return turn.reservesNextPort() ? Stun.ERROR_INSUFFICIENT_CAPACITY : 0;
    }

    private long lifetime(TurnAttributes turn) {
        return Math.min(Math.max(turn.lifetime(), options.defaultLifetimeSeconds()), options.maxLifetimeSeconds());
    }

    private void refresh(Exchange request, Allocation allocation) {
        int family = request.turn.requestedAddressFamily();
        boolean known = family < 0
                || (family == Stun.IPV4 && allocation.relayedIpv4 != null)
                || (family == Stun.IPV6 && allocation.relayedIpv6 != null);
        if (!known) {
            answers.error(request, Stun.ERROR_PEER_FAMILY_MISMATCH);
            return;
        }
        long seconds = request.turn.lifetime() == 0 ? 0 : lifetime(request.turn);
        if (seconds == 0) {
            allocations.remove(allocation);
            sink.closeRelay(allocation.id);
        } else {
            allocation.lifetimeSeconds = seconds;
            allocation.expiryNanos = request.nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        }
        answers.success(request).lifetime(seconds);
        answers.end(request);
    }

    /** All of the peers or none. */
    private void createPermission(Exchange request, Allocation allocation) {
        peers.clear();
        int error = 0;
        for (int i = 0; error == 0; i++) {
            InetSocketAddress peer = request.turn.peerAddress(i);
            if (peer == null) {
                break;
            }
            error = refusal(allocation, peer);
            peers.add(peer.getAddress());
        }
        if (error == 0 && peers.isEmpty()) {
            error = Stun.ERROR_BAD_REQUEST;
        }
        long fresh = peers.stream()
                .filter(peer -> !allocation.knows(peer))
                .distinct()
                .count();
        if (error == 0 && allocation.permissions() + fresh > options.limits().permissions()) {
            error = Stun.ERROR_INSUFFICIENT_CAPACITY;
        }
        if (error != 0) {
            answers.error(request, error);
            return;
        }
        peers.forEach(peer -> allocation.permit(peer, request.nowNanos));
        answers.success(request);
        answers.end(request);
    }

    private int refusal(Allocation allocation, InetSocketAddress peer) {
        if (!allocation.hasFamilyOf(peer.getAddress())) {
            return Stun.ERROR_PEER_FAMILY_MISMATCH;
        }
        return PeerAddresses.isAllowed(peer.getAddress(), options.peers()) ? 0 : Stun.ERROR_FORBIDDEN;
    }

    private void bindChannel(Exchange request, Allocation allocation) {
        int number = request.turn.channelNumber();
        InetSocketAddress peer = request.turn.peerAddress(0);
        // RFC 8656 ends at 0x4fff, but clients of RFC 5766, coturn's own among them, number up to 0x7fff.
        boolean numbered = number >= Stun.FIRST_CHANNEL && number <= Stun.LAST_OLD_CHANNEL;
        if (peer == null || peer.getPort() == 0 || !numbered) {
            answers.error(request, Stun.ERROR_BAD_REQUEST);
            return;
        }
        int error = refusal(allocation, peer);
        Allocation.Channel ofNumber = allocation.channel(number);
        Allocation.Channel ofPeer = allocation.channel(peer);
        if (error == 0 && ofNumber != ofPeer) {
            error = Stun.ERROR_BAD_REQUEST;
        }
        boolean full =
                ofNumber == null && allocation.channels() >= options.limits().channels();
        if (error == 0
                && (full
                        || !allocation.hasRoomFor(
                                peer.getAddress(), options.limits().permissions()))) {
            error = Stun.ERROR_INSUFFICIENT_CAPACITY;
        }
        if (error != 0) {
            answers.error(request, error);
            return;
        }
        allocation.bind(number, peer, request.nowNanos);
        answers.success(request);
        answers.end(request);
    }
}
