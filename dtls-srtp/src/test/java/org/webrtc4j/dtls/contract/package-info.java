/** What every DTLS endpoint must do, as tests that each implementation runs. */
@NullMarked
package org.webrtc4j.dtls.contract;

import org.jspecify.annotations.NullMarked;
