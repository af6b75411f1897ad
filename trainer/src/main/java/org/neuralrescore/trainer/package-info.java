/**
 * The offline trainer. Data flows one way, a package a step: {@code dataset -> nmf -> scorer ->
 * eval -> onnx -> bundle -> publish}, with the trained values of {@code model} handed along; {@code
 * pipeline} calls each step once and {@code cli} calls the pipeline.
 */
package org.neuralrescore.trainer;
