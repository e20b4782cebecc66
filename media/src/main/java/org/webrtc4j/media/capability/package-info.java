/** Which codecs are offered, and how those of the other side are matched with them. */
@NullMarked
package org.webrtc4j.media.capability;

import org.jspecify.annotations.NullMarked;
