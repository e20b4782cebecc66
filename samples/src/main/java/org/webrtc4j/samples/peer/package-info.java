/** One WebRTC peer as a program: JSON lines in and out, joined to another by copying descriptions and candidates. */
@NullMarked
package org.webrtc4j.samples.peer;

import org.jspecify.annotations.NullMarked;
