/**
 * A run told as one HTML page that needs no network and no script: curves, intervals and tables
 * drawn as inline SVG. Knows shapes of figures, not where they come from; {@code pipeline} fills
 * it.
 */
package org.neuralrescore.trainer.report;
