package org.webrtc4j.turnserver.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.stun.StunKey;

/**
 * The relayed addresses of one client, and whom they may exchange packets with (RFC 8656 section 3.2). With an IPv4 and an
 * IPv6 address it is refreshed and deleted as a whole.
 */
final class Allocation {

    static final long PERMISSION_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final long CHANNEL_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** The number under which the owner knows it. */
    final int id;

    final int listener;
    final InetSocketAddress client;
    final String username;
    final String account;
    final StunKey key;
    final int algorithm;
    /** The transaction that made it: a repetition is answered, another Allocate refused. */
    final int transactionHigh;

    final long transactionLow;
    final boolean sha256;
    final boolean fingerprint;
    long lifetimeSeconds;
    long expiryNanos;
    boolean open;

    @Nullable
    InetSocketAddress relayedIpv4;

    @Nullable
    InetSocketAddress relayedIpv6;
    /** An IPv6 address was asked for beside an IPv4 one, and may be missing. */
    final boolean additionalIpv6;

    private final List<Permission> permissions = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();

    private static final class Permission {
        final InetAddress peer;
        long expiryNanos;

        Permission(InetAddress peer) {
            this.peer = peer;
        }
    }

    static final class Channel {
        final int number;
        final InetSocketAddress peer;
        long expiryNanos;

        Channel(int number, InetSocketAddress peer) {
            this.number = number;
            this.peer = peer;
        }
    }

    Allocation(int id, Exchange request, String account, long lifetimeSeconds, boolean additionalIpv6) {
        this.id = id;
        listener = request.listener;
        client = request.client;
        username = request.username;
        this.account = account;
        key = request.requireKey();
        algorithm = request.algorithm;
        transactionHigh = request.reader.transactionHigh();
        transactionLow = request.reader.transactionLow();
        sha256 = request.reader.hasIntegritySha256();
        fingerprint = request.reader.hasFingerprint();
        this.lifetimeSeconds = lifetimeSeconds;
        this.additionalIpv6 = additionalIpv6;
        expiryNanos = request.nowNanos + TimeUnit.SECONDS.toNanos(lifetimeSeconds);
    }

    boolean isMadeBy(Exchange request) {
        return transactionHigh == request.reader.transactionHigh() && transactionLow == request.reader.transactionLow();
    }

    boolean hasFamilyOf(InetAddress peer) {
        return (peer instanceof Inet6Address ? relayedIpv6 : relayedIpv4) != null;
    }

    boolean isPermitted(InetAddress peer, long nowNanos) {
        Permission permission = permission(peer);
        return permission != null && permission.expiryNanos - nowNanos > 0;
    }

    /** Tells whether there is a permission for this peer, maybe an expired one. */
    boolean knows(InetAddress peer) {
        return permission(peer) != null;
    }

    /** Tells whether a permission for this peer could be made or prolonged. */
    boolean hasRoomFor(InetAddress peer, int limit) {
        return permissions.size() < limit || knows(peer);
    }

    void permit(InetAddress peer, long nowNanos) {
        Permission permission = permission(peer);
        if (permission == null) {
            permission = new Permission(peer);
            permissions.add(permission);
        }
        permission.expiryNanos = nowNanos + PERMISSION_NANOS;
    }

    private @Nullable Permission permission(InetAddress peer) {
        for (int i = 0; i < permissions.size(); i++) {
            if (permissions.get(i).peer.equals(peer)) {
                return permissions.get(i);
            }
        }
        return null;
    }

    /** Finds a channel, expired or not: its number and its peer stay bound to each other until the sweep. */
    @Nullable
    Channel channel(int number) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).number == number) {
                return channels.get(i);
            }
        }
        return null;
    }

    @Nullable
    Channel channel(InetSocketAddress peer) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).peer.equals(peer)) {
                return channels.get(i);
            }
        }
        return null;
    }

    void bind(int number, InetSocketAddress peer, long nowNanos) {
        Channel channel = channel(number);
        if (channel == null) {
            channel = new Channel(number, peer);
            channels.add(channel);
        }
        channel.expiryNanos = nowNanos + CHANNEL_NANOS;
        permit(peer.getAddress(), nowNanos);
    }

    int permissions() {
        return permissions.size();
    }

    int channels() {
        return channels.size();
    }

    void sweep(long nowNanos) {
        permissions.removeIf(each -> each.expiryNanos - nowNanos <= 0);
        channels.removeIf(each -> each.expiryNanos - nowNanos <= 0);
    }
}
