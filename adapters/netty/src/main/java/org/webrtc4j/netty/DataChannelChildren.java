package org.webrtc4j.netty;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.webrtc4j.RTCDataChannel;

/** The data channels of a connection, those among them that the other side opened and no read has let in yet. On its loop. */
final class DataChannelChildren {

    private final WebRtcChannel parent;
    private final Set<WebRtcDataChannel> all = new LinkedHashSet<>();
    private final Queue<WebRtcDataChannel> incoming = new ArrayDeque<>();
    private boolean readPending;
    private boolean reading;

    DataChannelChildren(WebRtcChannel parent) {
        this.parent = parent;
    }

    WebRtcDataChannel made(RTCDataChannel channel) {
        return add(channel, false);
    }

    void arrived(RTCDataChannel channel) {
        incoming.add(add(channel, true));
        readIncoming();
    }

    private WebRtcDataChannel add(RTCDataChannel channel, boolean ofOtherSide) {
        WebRtcDataChannel child = new WebRtcDataChannel(parent, channel, ofOtherSide);
        all.add(child);
        return child;
    }

    void forget(WebRtcDataChannel child) {
        all.remove(child);
    }

    /** Lets one in, now or when it arrives. */
    void read() {
        readPending = true;
        readIncoming();
    }

    private void readIncoming() {
        if (reading) {
            return; // a handler reads again
        }
        reading = true;
        while (readPending && parent.isOpen()) {
            WebRtcDataChannel next = incoming.poll();
            if (next == null) {
                break;
            }
            readPending = false;
            parent.pipeline().fireChannelRead(next);
            parent.pipeline().fireChannelReadComplete();
        }
        reading = false;
    }

    void fail(Throwable cause) {
        List.copyOf(all).forEach(each -> each.fail(cause));
    }

    void close() {
        incoming.clear();
        List.copyOf(all).forEach(WebRtcDataChannel::closeWithParent);
        all.clear();
    }
}
