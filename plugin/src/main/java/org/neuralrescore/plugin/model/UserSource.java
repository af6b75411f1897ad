package org.neuralrescore.plugin.model;

/**
 * Where users are kept and who stands in for one that is not known.
 *
 * @param field the {@code dense_vector} of a user's document
 * @param fallback the manifest's {@code default}: the vector of a user of whom nothing is known
 */
public record UserSource(String field, FloatVector fallback) {}
