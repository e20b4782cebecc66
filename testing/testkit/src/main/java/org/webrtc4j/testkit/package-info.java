/**
 * What tests of every module share: virtual time, a seeded network, a packet trace, and the same impairments over real
 * sockets.
 *
 * <p>A simulation is one thread, one {@link org.webrtc4j.testkit.VirtualTime} and one seed: two runs with the same seed do
 * the same things in the same order. {@link org.webrtc4j.testkit.Simulation} puts the parts together and says the seed
 * when a run fails. Only {@link org.webrtc4j.testkit.UdpImpairmentRelay} knows real time.
 */
@NullMarked
package org.webrtc4j.testkit;

import org.jspecify.annotations.NullMarked;
