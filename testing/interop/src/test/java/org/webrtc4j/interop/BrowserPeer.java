package org.webrtc4j.interop;

import com.google.gson.JsonObject;
import org.webrtc4j.testkit.peer.Peer;

/** A peer that is a page. */
final class BrowserPeer extends Peer {

    private final PageServer page;

    BrowserPeer(PageServer page, JsonObject config) throws Exception {
        super("chromium");
        this.page = page;
        page.listen(this::said);
        page.call("globalThis.peer = startPeer(args[0], emit)", config);
    }

    BrowserPeer(Chromium browser, JsonObject config) throws Exception {
        this(browser.page(), config);
    }

    @Override
    public void send(JsonObject line) {
        page.tell("globalThis.peer.receive(args[0])", line);
    }

    @Override
    public void close() {
        page.listen(event -> {});
        page.tell("globalThis.peer.close()");
    }
}
