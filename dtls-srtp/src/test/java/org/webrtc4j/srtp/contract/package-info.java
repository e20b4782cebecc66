/** What every SRTP transform must do, as tests that each implementation runs. */
@NullMarked
package org.webrtc4j.srtp.contract;

import org.jspecify.annotations.NullMarked;
