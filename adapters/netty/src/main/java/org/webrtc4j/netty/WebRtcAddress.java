package org.webrtc4j.netty;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a peer is called before there is a path to it: a name to bind a {@link WebRtcServerChannel} to, or the signalling
 * through which a {@link WebRtcChannel} connects. Addresses of the network follow from the descriptions: see {@link
 * WebRtcChannel#remoteAddress()}.
 */
public final class WebRtcAddress extends SocketAddress {

    private static final long serialVersionUID = 1L;

    /** Stands in logs. */
    private final String name;

    /** Not part of the serial form: signalling lives in one process. */
    private final transient Function<String, ? extends CompletionStage<String>> signaling;

    private WebRtcAddress(String name, Function<String, ? extends CompletionStage<String>> signaling) {
        this.name = name;
        this.signaling = signaling;
    }

    /**
     * Names this side.
     *
     * @param name stands in logs
     * @return an address to bind to; connecting to it fails
     */
    public static WebRtcAddress of(String name) {
        return new WebRtcAddress(
                name,
                offer -> CompletableFuture.failedFuture(
                        new IllegalStateException("The address " + name + " has no signalling")));
    }

    /**
     * Names the other side and says how to reach it.
     *
     * @param name stands in what is told of a connect that fails
     * @param signaling carries an SDP offer with all its candidates to the other side and brings back its SDP answer; called
     *     on the loop of the channel, so it must not block; the stage may complete on any thread
     * @return an address to connect to
     */
    public static WebRtcAddress of(String name, Function<String, ? extends CompletionStage<String>> signaling) {
        return new WebRtcAddress(name, signaling);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    CompletionStage<String> exchange(String offer) {
        return signaling.apply(offer);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return "webrtc:" + name;
    }
}
