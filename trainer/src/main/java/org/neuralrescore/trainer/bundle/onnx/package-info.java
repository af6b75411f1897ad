/**
 * Writes the scorer and the user encoder as ONNX graphs, and runs such graphs in ONNX Runtime.
 *
 * <p>Stands between {@code model}, whose arithmetic it spells out as operators, and {@code bundle},
 * which stores the bytes. The runners here are for parity and evaluation; at search time the plugin
 * has its own. Knows nothing of training.
 */
package org.neuralrescore.trainer.bundle.onnx;
