/** What every implementation of {@link org.webrtc4j.ice.IceAgent} has to do. */
@NullMarked
package org.webrtc4j.ice.contract;

import org.jspecify.annotations.NullMarked;
