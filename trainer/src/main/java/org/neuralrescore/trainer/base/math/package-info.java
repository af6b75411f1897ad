/** Sums of vectors whose order is part of every bundle's bytes. */
package org.neuralrescore.trainer.base.math;
