/** The list of methods, a line each. The only package of the area that knows them all. */
package org.neuralrescore.trainer.factors.methods;
