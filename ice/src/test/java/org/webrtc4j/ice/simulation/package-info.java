/** Agents on the testkit's network in virtual time: ports, a STUN server, pairs of agents with signalling between them. */
@NullMarked
package org.webrtc4j.ice.simulation;

import org.jspecify.annotations.NullMarked;
