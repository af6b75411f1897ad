/**
 * Gathers, scores and combines one shard's hits, on Lucene alone.
 *
 * <p>{@link org.neuralrescore.plugin.lucene.NeuralRescorer} is an ordinary Lucene {@code Rescorer}
 * that any Lucene application could call. It sorts the window by doc ({@link
 * org.neuralrescore.plugin.lucene.Gatherer}), walks the segments forward once, reads each {@link
 * org.neuralrescore.plugin.lucene.Feature} into a reused direct buffer ({@link
 * org.neuralrescore.plugin.lucene.FeatureBatch}), calls the {@link
 * org.neuralrescore.plugin.lucene.BatchScorer} once, and combines ({@link
 * org.neuralrescore.plugin.lucene.Combination}). Explaining a hit runs the same code on a window of
 * one.
 *
 * <p>Knows nothing of Elasticsearch or ONNX Runtime.
 */
package org.neuralrescore.plugin.lucene;
