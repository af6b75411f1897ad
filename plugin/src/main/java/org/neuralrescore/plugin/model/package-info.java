/**
 * A model bundle as values: the manifest (what the graph's inputs are and where each comes from at
 * search time), the transform of its output, the explanation block and the parity rows. The format
 * is described in {@code onnx-models/README.md}.
 *
 * <p>First in the flow: everything else reads these values. Knows neither Elasticsearch nor ONNX
 * Runtime nor a JSON library: a manifest is read from the maps and lists that any JSON parser
 * gives.
 */
package org.neuralrescore.plugin.model;
