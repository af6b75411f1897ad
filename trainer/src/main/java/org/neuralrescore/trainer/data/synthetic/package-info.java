/**
 * A data set that is made, not found: films with believable titles and texts, people with planted
 * tastes, in the file layout of MovieLens. The demonstration runs on it where there is no real
 * data, and everything downstream reads it as it would read any other files.
 */
package org.neuralrescore.trainer.data.synthetic;
