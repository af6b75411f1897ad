/**
 * The choice of a method where none was asked for: what can win on such data is fitted small, the
 * best of each kind go on, and validation cases decide. What is chosen is told as options that a
 * person could have given.
 */
package org.neuralrescore.trainer.tune.auto;
