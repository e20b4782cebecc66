package org.webrtc4j.ice.agent;

import java.util.random.RandomGenerator;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.PeerFilter;

/**
 * What an {@link IceEngine} is given at construction.
 *
 * @param random draws transaction ids, tie-breakers, credentials and jitter; unpredictable outside tests
 * @param limits the bounds of the agent
 * @param filter which signalled addresses are checked
 * @param budget shared by all agents of the loop
 * @param lite true to answer checks only (RFC 8445 section 2.5)
 */
public record IceEnvironment(
        RandomGenerator random, IceLimits limits, PeerFilter filter, CheckBudget budget, boolean lite) {}
