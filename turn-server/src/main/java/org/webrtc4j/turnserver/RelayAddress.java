package org.webrtc4j.turnserver;

import java.net.InetAddress;

/**
 * Where relay sockets are bound and how peers see them.
 *
 * @param local an address of this machine
 * @param external the address told to clients, with the same ports
 */
record RelayAddress(InetAddress local, InetAddress external) {}
