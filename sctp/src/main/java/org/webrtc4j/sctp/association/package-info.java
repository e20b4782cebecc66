/** What two associations say to each other beside data: set-up, shutdown, stream resets, heartbeats, and the dispatch of chunks. */
@NullMarked
package org.webrtc4j.sctp.association;

import org.jspecify.annotations.NullMarked;
