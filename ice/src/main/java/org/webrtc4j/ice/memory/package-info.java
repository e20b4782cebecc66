/**
 * ICE without a network: agents of one process find each other by ufrag and hand packets from loop to loop.
 *
 * <p>For benchmarks that leave the network out and for tests of what runs above ICE.
 */
@NullMarked
package org.webrtc4j.ice.memory;

import org.jspecify.annotations.NullMarked;
