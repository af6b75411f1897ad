/**
 * Runs ONNX graphs: the only package that knows ONNX Runtime.
 *
 * <p>Opens graphs that {@code graph} has checked and written, never an uploaded file's bytes.
 * {@link org.neuralrescore.plugin.onnx.OnnxScorer} and {@link
 * org.neuralrescore.plugin.onnx.OnnxEncoder} run the two graphs of a bundle, opened by {@link
 * org.neuralrescore.plugin.onnx.Sessions}; {@link org.neuralrescore.plugin.onnx.NativeLibrary} says
 * where the native library lies. Native objects have one owner and are closed once.
 */
package org.neuralrescore.plugin.onnx;
