/**
 * Training on Apache Spark: files are read by the trainer's own rules, a task a file or a piece of
 * a large one, MLlib factorises, the trainer's encoder makes user vectors and its evaluation ranks
 * held-out cases block by block, and its writer publishes users who stand apart. All else is the
 * trainer's, on the driver.
 */
package org.neuralrescore.trainer.spark;
