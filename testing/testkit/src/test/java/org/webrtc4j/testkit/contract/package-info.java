/** Suites that every implementation of a contract of common has to pass, published as a test-jar. */
@NullMarked
package org.webrtc4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
