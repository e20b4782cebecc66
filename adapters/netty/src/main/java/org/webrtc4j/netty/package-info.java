/**
 * WebRTC as Netty channels: a {@link org.webrtc4j.netty.WebRtcServerChannel} takes offers and gives answers, a {@link
 * org.webrtc4j.netty.WebRtcChannel} is one connection, and each of its data channels is a {@link
 * org.webrtc4j.netty.WebRtcDataChannel} with a pipeline of its own.
 */
@NullMarked
package org.webrtc4j.netty;

import org.jspecify.annotations.NullMarked;
