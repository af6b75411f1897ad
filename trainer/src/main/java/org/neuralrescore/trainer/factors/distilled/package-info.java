/**
 * Factors taught to rank as item-to-item weights do: the teachers, the course, and the weights' own
 * factorisation.
 */
package org.neuralrescore.trainer.factors.distilled;
