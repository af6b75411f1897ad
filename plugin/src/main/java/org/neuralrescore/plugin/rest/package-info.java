/**
 * The REST endpoints under {@code /_neural_rescore}: parse a request, call an action, say the
 * result. See {@code onnx-models/README.md} for the upload's body.
 */
package org.neuralrescore.plugin.rest;
