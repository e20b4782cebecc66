/** Sound between programs and codecs: paced and encoded on its way out, played out and decoded on its way in. */
@NullMarked
package org.webrtc4j.voice;

import org.jspecify.annotations.NullMarked;
