/**
 * How much may be sent: estimates of the path's capacity from what receivers report, after draft-ietf-rmcat-gcc-02 and what
 * browsers made of it.
 */
@NullMarked
package org.webrtc4j.rtp.congestion;

import org.jspecify.annotations.NullMarked;
