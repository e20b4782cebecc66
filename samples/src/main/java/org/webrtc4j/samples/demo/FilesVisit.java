package org.webrtc4j.samples.demo;

import org.webrtc4j.RTCPeerConnection;

/** Files over a data channel, to the server and back. */
final class FilesVisit implements Visit {

    private final FileStore store;

    FilesVisit(FileStore store) {
        this.store = store;
    }

    @Override
    public void begin(RTCPeerConnection pc) {
        pc.onDataChannel(event -> {
            if (event.channel().label().equals("files")) {
                new FileTransfer(event.channel(), store);
            } else {
                event.channel().close();
            }
        });
    }
}
