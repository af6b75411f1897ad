/**
 * Training on Apache Spark: files are read by the trainer's own rules, a task a file, and MLlib
 * factorises. All else is the trainer's, on the driver.
 */
package org.neuralrescore.trainer.spark;
