/**
 * Media files over streams: WebM and Matroska, IVF, Ogg with Opus, WAV.
 *
 * <p>Readers take files of strangers: what is no such file is an {@link java.io.IOException}, what ends too early (its writer
 * was killed) is read as far as it goes, and nothing is allocated by a length that a file claims. Writers write through, so
 * that a file can be played whenever its process ends. Nothing here closes what it has not opened; not thread-safe.
 */
@NullMarked
package org.webrtc4j.media.file;

import org.jspecify.annotations.NullMarked;
