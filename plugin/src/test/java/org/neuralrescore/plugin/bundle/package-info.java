/**
 * Small bundles for tests: graphs that the trainer exports from random weights, with scores and
 * user vectors that the trainer's own Java computes. Nothing here uses the plugin's code.
 */
package org.neuralrescore.plugin.bundle;
