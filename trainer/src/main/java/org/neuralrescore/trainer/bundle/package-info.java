/**
 * Writes and reads model bundles, the folders of {@code onnx-models/README.md}: graphs, manifest,
 * parity rows and factors of one training run, all or nothing.
 *
 * <p>Stands between training, which hands over a {@code model}, and {@code publish}, which reads
 * what lies here whoever wrote it.
 */
package org.neuralrescore.trainer.bundle;
