/**
 * WebRTC data channels over an SCTP association: RFC 8831 and the establishment protocol DCEP (RFC 8832).
 *
 * <p>{@link org.webrtc4j.sctp.datachannel.DataChannelSession} owns one association and speaks of channels, strings and
 * binary messages; it is an engine like the association below it.
 */
@NullMarked
package org.webrtc4j.sctp.datachannel;

import org.jspecify.annotations.NullMarked;
