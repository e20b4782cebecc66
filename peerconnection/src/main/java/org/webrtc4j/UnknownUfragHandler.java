package org.webrtc4j;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Decides about connections that were never signalled: the other side has made a description of this side by hand, with a
 * ufrag that means something to the application, such as a sign-in token, and simply begins to check.
 *
 * <p>Anybody who can reach the UDP port can cause a call, with any ufrag and from a forged address, so look the ufrag up and
 * do nothing else. Calls are bounded: 256 requests wait at once, one for each remote address and each for 5 seconds; others
 * are dropped and counted in {@link RuntimeStats}. Nothing is sent to the other side, and no connection exists, before the
 * {@link SignIn} was given and a request proved to know its password. Whoever saw that request on its way can send it again,
 * so let a token count once; what it gains is a connection that fails in DTLS.
 */
@FunctionalInterface
public interface UnknownUfragHandler {

    /**
     * Tells of a check with a local ufrag that no connection has.
     *
     * @param localUfrag what the other side takes for the ufrag of this side: 4 to 256 letters, digits, plus and slash
     * @param remoteUfrag the other side's ufrag, of the same form
     * @param address where the check came from
     * @return completes on any thread; empty, or a failure, drops the check. Called on a loop of the runtime: it must not
     *     block
     */
    CompletionStage<Optional<SignIn>> onUnknownUfrag(String localUfrag, String remoteUfrag, InetSocketAddress address);
}
