package org.webrtc4j.netty;

import java.util.concurrent.CompletableFuture;

/**
 * An offer that waits for its answer.
 *
 * @param sdp the offer
 * @param name what the connection is to be called
 * @param answer to be completed
 */
record PendingOffer(String sdp, String name, CompletableFuture<String> answer) {}
