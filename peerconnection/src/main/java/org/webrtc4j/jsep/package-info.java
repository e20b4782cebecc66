/**
 * Offers and answers as text (RFC 9429): what is written into a description, what is read out of one, and which
 * descriptions are refused. Pure functions of values; the states of the exchange live in {@code SignalingModel}.
 */
@NullMarked
package org.webrtc4j.jsep;

import org.jspecify.annotations.NullMarked;
