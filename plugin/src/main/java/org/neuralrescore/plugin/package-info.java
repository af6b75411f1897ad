/**
 * The Elasticsearch plugin {@code neural-rescore}: this package registers and wires the parts.
 *
 * <p>The parts and their arrows: all read the values of {@code org.neuralrescore.bundle}, the
 * format that the trainer writes; {@code lucene} gathers, scores and combines; {@code onnx}
 * (graphs) knows {@code lucene}'s scoring interface; {@code serving} (open models) knows these two;
 * {@code registry} (what models there are) keeps {@code serving}'s models; {@code action} and
 * {@code rest} change the registry; {@code search} rescores. No arrow points back.
 */
package org.neuralrescore.plugin;
