/**
 * A model bundle as values: the manifest (what the graph's inputs are and where each comes from at
 * search time), the transform of its output, the explanation block and the parity rows. The format
 * is described in {@code onnx-models/README.md}.
 *
 * <p>The contract between the trainer, which writes bundles, and the plugin, which serves them:
 * both read these values, and neither has a reader of its own. Needs the JDK alone: a manifest is
 * read from the maps and lists that any JSON parser gives.
 */
package org.neuralrescore.bundle;
