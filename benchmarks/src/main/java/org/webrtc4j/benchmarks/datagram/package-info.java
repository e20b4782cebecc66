/** What a datagram costs through a UDP port, beside a bare channel, Netty alone and ice4j, in rounds that take turns. */
@NullMarked
package org.webrtc4j.benchmarks.datagram;

import org.jspecify.annotations.NullMarked;
