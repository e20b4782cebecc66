@NullMarked
package org.webrtc4j.benchmarks.usrsctp;

import org.jspecify.annotations.NullMarked;
