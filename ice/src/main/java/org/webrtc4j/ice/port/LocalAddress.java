package org.webrtc4j.ice.port;

import java.net.InetAddress;

/**
 * An address of this machine that a port may be bound to.
 *
 * @param mtu of its interface in bytes, or 0 when not known
 */
record LocalAddress(InetAddress address, int mtu) {}
