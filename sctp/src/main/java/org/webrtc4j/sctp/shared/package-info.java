/** What every part of an association shares: its timers, counters and event queue. */
@NullMarked
package org.webrtc4j.sctp.shared;

import org.jspecify.annotations.NullMarked;
