/**
 * Ways to bring factors and network together, each a trained variant with its validation report,
 * and the choice between them: the one that surely beats the plain dot product on validation ships,
 * else the dot product does.
 */
package org.neuralrescore.trainer.combine.variant;
