/**
 * Files that survive a kill at any instant: a log of JSON lines that only grows, and a file that is
 * there whole or not at all, and a lock that is free again then. {@code tune} keeps its trials in
 * one, {@code retrain} its history and its state; knows neither.
 */
package org.neuralrescore.trainer.base.journal;
