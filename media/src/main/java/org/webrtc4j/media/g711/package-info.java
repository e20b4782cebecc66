/** G.711: mu-law and A-law. */
@NullMarked
package org.webrtc4j.media.g711;

import org.jspecify.annotations.NullMarked;
