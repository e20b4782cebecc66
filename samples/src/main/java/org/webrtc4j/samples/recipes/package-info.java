/** The programs of docs/recipes, whole. */
@NullMarked
package org.webrtc4j.samples.recipes;

import org.jspecify.annotations.NullMarked;
