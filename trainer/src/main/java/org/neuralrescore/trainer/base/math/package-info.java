/** Arithmetic whose order is part of every bundle's bytes: sums of vectors, and Adam's step. */
package org.neuralrescore.trainer.base.math;
