@NullMarked
package org.webrtc4j.sdp;

import org.jspecify.annotations.NullMarked;
