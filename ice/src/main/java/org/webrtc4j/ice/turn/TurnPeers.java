package org.webrtc4j.ice.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.stun.Stun;

/** The permissions and channels of an allocation. Few, so they are searched one by one; the channel used last comes first. */
final class TurnPeers {

    final List<TurnPermission> permissions = new ArrayList<>();
    final List<TurnChannel> channels = new ArrayList<>();
    private @Nullable TurnChannel latest;
    private int nextNumber = Stun.FIRST_CHANNEL;

    @Nullable
    TurnPermission permission(InetAddress peer) {
        for (int i = 0; i < permissions.size(); i++) {
            TurnPermission permission = permissions.get(i);
            if (permission.peer.getAddress().equals(peer)) {
                return permission;
            }
        }
        return null;
    }

    @Nullable
    TurnChannel channel(InetSocketAddress peer) {
        TurnChannel known = latest;
        if (known != null && known.peer.equals(peer)) {
            return known;
        }
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).peer.equals(peer)) {
                latest = channels.get(i);
                return latest;
            }
        }
        return null;
    }

    @Nullable
    TurnChannel channel(int number) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).number == number) {
                return channels.get(i);
            }
        }
        return null;
    }

    /** Makes a channel under a number that was never used: an old one could still be bound to its peer at the server. */
    @Nullable
    TurnChannel newChannel(InetSocketAddress peer, int limit, long nowNanos) {
        if (channels.size() >= limit || nextNumber > Stun.LAST_CHANNEL) {
            return null;
        }
        TurnChannel channel = new TurnChannel(nextNumber++, peer, nowNanos);
        channels.add(channel);
        return channel;
    }

    /** When the address of a permission was last used, through channels too: those keep it alive only while they are bound. */
    long usedNanos(TurnPermission permission) {
        long used = permission.usedNanos;
        for (TurnChannel each : channels) {
            if (each.peer.getAddress().equals(permission.peer.getAddress()) && each.usedNanos - used > 0) {
                used = each.usedNanos;
            }
        }
        return used;
    }

    void remove(TurnChannel channel) {
        channels.remove(channel);
        latest = latest == channel ? null : latest;
    }

    void clear() {
        permissions.clear();
        channels.clear();
        latest = null;
    }

    /** Forgets what has expired. */
    void expire(long nowNanos) {
        permissions.removeIf(each -> isDue(each.expiryNanos, nowNanos));
        if (channels.removeIf(each -> isDue(each.expiryNanos, nowNanos))) {
            latest = null;
        }
    }

    static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != ProtocolEngine.NEVER && deadlineNanos - nowNanos <= 0;
    }

    long nextTimeout() {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < permissions.size(); i++) {
            TurnPermission each = permissions.get(i);
            next = Math.min(next, Math.min(each.refreshNanos, each.expiryNanos));
        }
        for (int i = 0; i < channels.size(); i++) {
            TurnChannel each = channels.get(i);
            next = Math.min(next, Math.min(each.refreshNanos, each.expiryNanos));
        }
        return next;
    }
}
