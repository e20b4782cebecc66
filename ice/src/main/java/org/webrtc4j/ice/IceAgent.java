package org.webrtc4j.ice;

/**
 * An ICE agent for one stream of one component (RFC 8445), as negotiation drives it. Confined to {@link #loop()}.
 *
 * <p>The agent runs its own timer. Checks that arrive before the remote parameters are kept, up to a bound, and answered
 * as soon as they can be verified.
 */
public interface IceAgent extends IceTransport, AutoCloseable {

    /**
     * Returns the credentials of the current local generation.
     *
     * @return ufrag, password and options to put into a description
     */
    IceParameters localParameters();

    /**
     * Sets the credentials of the remote generation; others than before are a remote restart (RFC 8445 section 9).
     *
     * @param parameters from the remote description
     */
    void setRemoteParameters(IceParameters parameters);

    /**
     * Sets the role. Conflicts found later are repaired by the agent (RFC 8445 section 7.3.1.1); see {@link #role}.
     *
     * @param role controlling for the offerer of the first offer, or when the other side is lite
     */
    void setRole(IceRole role);

    /**
     * Returns the current role, which a repaired conflict may have changed.
     *
     * @return the role; UNKNOWN until set
     */
    IceRole role();

    /**
     * Begins gathering for the current generation. A second call in the same generation does nothing.
     *
     * @param policy which candidates may be used
     */
    void gather(GatherPolicy policy);

    /**
     * Returns the state of gathering.
     *
     * @return the state
     */
    IceGatheringState gatheringState();

    /**
     * Adds a remote candidate; may come before the remote parameters or after checks have begun (RFC 8838).
     *
     * @param candidate the candidate; may carry a .local name, which the agent resolves
     */
    void addRemoteCandidate(IceCandidate candidate);

    /**
     * Tells that the remote side has no more candidates in a generation (RFC 8838 section 14).
     *
     * @param ufrag the remote ufrag of that generation, or empty for the current one
     */
    void endOfRemoteCandidates(String ufrag);

    /**
     * Begins a new local generation (RFC 8445 section 9). The pair selected before keeps carrying data until the new
     * generation has selected one.
     *
     * @return the new credentials
     */
    IceParameters restart();

    /**
     * Begins a new local generation with credentials that the caller has drawn: an offer names them before it is applied.
     *
     * @param parameters the credentials of the new generation
     * @see #restart()
     */
    void restart(IceParameters parameters);

    /**
     * Takes a restart back that the remote side has not joined (RFC 9429 section 4.1.10.2): the generation before is the
     * current one again, with its credentials, candidates and pairs. Without such a restart nothing happens.
     */
    void cancelRestart();

    /** Begins checks as soon as the remote parameters and a role are set. A second call does nothing. */
    void start();

    /**
     * Says in one sentence what was tried and what came back, for a connection that failed.
     *
     * @return a sentence for people, without addresses
     */
    String explain();

    /** Ends the agent: the state becomes CLOSED, ports are released, nothing is sent any more. */
    @Override
    void close();
}
