/**
 * Reads an uploaded ONNX file before any native code does, and decides what of it may run.
 *
 * <p>{@link org.neuralrescore.plugin.graph.GraphReader} reads the bytes into a {@link
 * org.neuralrescore.plugin.graph.Graph} and refuses what it does not know. {@link
 * org.neuralrescore.plugin.graph.GraphCheck} walks it: every operator must be on the list ({@link
 * org.neuralrescore.plugin.graph.OperatorTable}), every tensor's shape must follow from the graph
 * ({@link org.neuralrescore.plugin.graph.Shape}), and from the shapes come the bytes and the work
 * ({@link org.neuralrescore.plugin.graph.GraphCost}). {@link
 * org.neuralrescore.plugin.graph.GraphWriter} then writes the graph anew.
 *
 * <p><b>Why anew.</b> Two readers of the same bytes may see two graphs: formats that overlap,
 * fields that come twice, fields that one of them does not know. ONNX Runtime is never given the
 * uploaded bytes, only those that are written from what was checked; so what was checked is what
 * runs, whatever the trick.
 *
 * <p>Knows nothing of ONNX Runtime.
 */
package org.neuralrescore.plugin.graph;
