/** A second ICE agent behind the same interface, over ice4j. */
@NullMarked
package org.webrtc4j.ice4j;

import org.jspecify.annotations.NullMarked;
