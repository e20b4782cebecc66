/** Browsers and other stacks as peers of ours. A peer that this machine does not have is skipped, and the skip says so. */
package org.webrtc4j.interop;
