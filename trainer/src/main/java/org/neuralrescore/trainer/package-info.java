/** The offline trainer. */
package org.neuralrescore.trainer;
