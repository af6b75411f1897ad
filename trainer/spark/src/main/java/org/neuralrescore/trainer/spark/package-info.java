/**
 * Training on Apache Spark: files are read by the trainer's own rules, a task a file or a piece of
 * a large one, MLlib factorises, and the trainer's encoder makes user vectors block by block. All
 * else is the trainer's, on the driver.
 */
package org.neuralrescore.trainer.spark;
