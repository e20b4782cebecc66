/** What ICE sessions cost a server: time and CPU to connect many at once, heap, threads and descriptors to hold them. */
@NullMarked
package org.webrtc4j.benchmarks.ice;

import org.jspecify.annotations.NullMarked;
