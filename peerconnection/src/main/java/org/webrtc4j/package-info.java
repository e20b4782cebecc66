/**
 * The W3C WebRTC API in Java, and what only servers need beside it.
 *
 * <p>Types carry the W3C names to the letter, so that MDN is the manual. Attributes are methods of the same name, promises
 * are {@link java.util.concurrent.CompletableFuture}s, event handler attributes are methods in camel case that take a
 * handler and return their object, dictionaries are records with builders, enums carry the W3C text as {@code wireName()}.
 *
 * <p>Threads: every method may be called from any thread. Events fire, futures complete and states change on the
 * connection's event loop, or on the {@link java.util.concurrent.Executor} given to its {@link org.webrtc4j.WebRtcRuntime},
 * one after the other.
 */
@NullMarked
package org.webrtc4j;

import org.jspecify.annotations.NullMarked;
