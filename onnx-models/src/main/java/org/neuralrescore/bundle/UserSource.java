package org.neuralrescore.bundle;

import java.util.Optional;

/**
 * Where users are kept and who stands in for one that is not known.
 *
 * @param field the {@code dense_vector} of a user's document
 * @param fallback the manifest's {@code default}: the vector of a user of whom nothing is known
 * @param recent where recent vectors come from, for a scorer that reads them
 */
public record UserSource(String field, FloatVector fallback, Optional<RecentSource> recent) {
  public UserSource {
    requireName("users.field", field);
    recent.ifPresent(source -> requireName("users.recent.field", source.field()));
  }

  /** A name that fits one line: the cluster's registry keeps both in one text, a line each. */
  private static void requireName(String key, String name) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidBundleException(
          "manifest.json " + key + " expects a field's name without control characters");
    }
  }
}
