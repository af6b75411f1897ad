// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/**
 * The user encoder's signature: the vectors and weights of a history in, the user vector out.
 *
 * @param file its file in the bundle
 * @param items input {@code [n, rank]}
 * @param weights input {@code [n, 1]}, positive
 * @param output output {@code [1, rank]}
 */
public record EncoderSpec(String file, String items, String weights, String output) {}
