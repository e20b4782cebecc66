package org.webrtc4j.ice.simulation;

import java.time.Duration;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.testkit.VirtualTime;

/** Two peers and the signalling between them: an offer, an answer, candidates. */
public final class IceSession {

    private final VirtualTime time;
    private final IcePeer offerer;
    private final IcePeer answerer;

    public IceSession(VirtualTime time, IceAgentFactory offererFactory, IceAgentFactory answererFactory) {
        this(
                time,
                offererFactory,
                IceAgentOptions.named("offerer"),
                answererFactory,
                IceAgentOptions.named("answerer"));
    }

    public IceSession(
            VirtualTime time,
            IceAgentFactory offererFactory,
            IceAgentOptions offererOptions,
            IceAgentFactory answererFactory,
            IceAgentOptions answererOptions) {
        this.time = time;
        offerer = new IcePeer(time, "offerer", offererFactory, offererOptions);
        answerer = new IcePeer(time, "answerer", answererFactory, answererOptions);
    }

    public IcePeer offerer() {
        return offerer;
    }

    public IcePeer answerer() {
        return answerer;
    }

    /** Negotiates with candidates trickled both ways; each message of signalling takes as long as given. */
    public IceSession negotiate(Duration signalling) {
        offerer.trickleTo(answerer, signalling);
        answerer.trickleTo(offerer, signalling);
        offerer.setRole(IceRole.CONTROLLING);
        answerer.setRole(IceRole.CONTROLLED);
        exchange(signalling);
        return this;
    }

    /** An offer and an answer with the current credentials, gathering on both sides. */
    public void exchange(Duration signalling) {
        offerer.gather();
        offerer.start();
        time.after(signalling, () -> {
            offerer.describeTo(answerer);
            answerer.gather();
            answerer.start();
            time.after(signalling, () -> answerer.describeTo(offerer));
        });
    }

    /** Runs until both sides are connected. */
    public void awaitConnected(Duration limit) {
        time.runUntil(() -> offerer.isConnected() && answerer.isConnected(), limit);
    }

    /** Sends a text each way and waits for both. */
    public void exchangeData(String text, Duration limit) {
        offerer.send("from offerer " + text);
        answerer.send("from answerer " + text);
        time.runUntil(
                () -> answerer.received().contains("from offerer " + text)
                        && offerer.received().contains("from answerer " + text),
                limit);
    }

    public void close() {
        offerer.close();
        answerer.close();
    }
}
