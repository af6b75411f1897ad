/**
 * Which factor of a new factorisation is which of an old one. Reads {@code model}; {@code retrain}
 * puts a new generation's factors in the order of the former one's, so that factor {@code f} keeps
 * its meaning and its label.
 */
package org.neuralrescore.trainer.retrain.matching;
