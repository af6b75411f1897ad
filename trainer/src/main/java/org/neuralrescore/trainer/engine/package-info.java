/**
 * Where a training reads and factorises, and from where many users are published: in this process,
 * or on a cluster that is found on the class path. All that comes before and behind is the same.
 */
package org.neuralrescore.trainer.engine;
