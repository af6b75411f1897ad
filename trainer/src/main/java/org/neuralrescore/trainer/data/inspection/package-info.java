/**
 * Understands a file by its content: what parts its fields, whether its first line is a header, and
 * which column is what. Names of columns are hints, never demands. What it understands is a
 * proposal that a person sees before anything is made of it.
 */
package org.neuralrescore.trainer.data.inspection;
