/**
 * A run told as one HTML page that needs no network and no script: chapters of curves, intervals,
 * reliability diagrams (inline SVG) and tables. Knows shapes of figures, not where they come from;
 * {@code release} fills it.
 */
package org.neuralrescore.trainer.release.report;
