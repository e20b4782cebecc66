/** Sources of encoded frames: pictures that are drawn and encoded, and files, each paced by a loop's clock. */
@NullMarked
package org.webrtc4j.picture;

import org.jspecify.annotations.NullMarked;
