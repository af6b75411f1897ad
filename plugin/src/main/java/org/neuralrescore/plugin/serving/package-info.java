/**
 * Models that are ready to run: opened from the bytes of a bundle, checked against its parity rows,
 * shared by reference.
 *
 * <p>Stands between {@code onnx}, which runs graphs, and {@code registry} and {@code search}, which
 * keep and use models. Knows nothing of Elasticsearch.
 */
package org.neuralrescore.plugin.serving;
