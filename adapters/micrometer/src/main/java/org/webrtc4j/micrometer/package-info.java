/** What a runtime counts and measures, as meters of Micrometer. */
@NullMarked
package org.webrtc4j.micrometer;

import org.jspecify.annotations.NullMarked;
