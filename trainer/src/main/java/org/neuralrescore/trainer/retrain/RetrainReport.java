// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.Optional;

/**
 * What a run did.
 *
 * @param run its number in the history
 * @param decision what became of it
 * @param reason one line for a person
 * @param dataSha256 hash of the interactions, empty where none were read
 * @param generation what it made, empty where it made nothing
 * @param deployed what searches use after it
 * @param former what they used before that
 * @param comparison the figures, empty where there was nothing to compare
 */
public record RetrainReport(
    int run,
    Decision decision,
    String reason,
    Optional<String> dataSha256,
    Optional<String> generation,
    Optional<String> deployed,
    Optional<String> former,
    Optional<Comparison> comparison) {}
