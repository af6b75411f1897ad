/**
 * The Elasticsearch plugin {@code neural-rescore}: this package registers and wires the parts.
 *
 * <p>The parts and their arrows: {@code model} (values) is read by all; {@code lucene} (gather,
 * score, combine) knows {@code model}; {@code onnx} (graphs) knows {@code lucene}'s scoring
 * interface; {@code serving} (open models) knows these three; {@code registry} (what models there
 * are) keeps {@code serving}'s models; {@code action} and {@code rest} change the registry; {@code
 * search} rescores. No arrow points back.
 */
package org.neuralrescore.plugin;
