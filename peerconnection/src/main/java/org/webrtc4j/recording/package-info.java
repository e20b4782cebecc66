/** How a recorder's frames come to one time line and to the disk. */
@NullMarked
package org.webrtc4j.recording;

import org.jspecify.annotations.NullMarked;
