/**
 * Session descriptions: {@link org.webrtc4j.sdp.SessionDescription#parse(java.lang.CharSequence) parsed} from text into immutable
 * records, and written back line by line.
 *
 * <p>A description is a {@link org.webrtc4j.sdp.SessionDescription} with a list of {@link org.webrtc4j.sdp.MediaDescription}s; both
 * carry {@link org.webrtc4j.sdp.Attributes}, whose elements are the records of the sealed
 * {@link org.webrtc4j.sdp.Attribute}. What is no line of RFC 8866 or no attribute known here is kept as
 * {@link org.webrtc4j.sdp.UnknownLine} or {@link org.webrtc4j.sdp.UnknownAttribute}.
 *
 * <p>Every type is immutable and may be shared between threads. Text of a stranger ends in a description or in one
 * {@link org.webrtc4j.sdp.SdpException} that names line and column; a value that could not be written is refused by the
 * constructor of its record with an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package org.webrtc4j.sdp;

import org.jspecify.annotations.NullMarked;
