package org.neuralrescore.trainer.pipeline;

/**
 * What of people leaves the trainer.
 *
 * @param userVectors default in the bundle
 */
public record PrivacyOptions(UserVectors userVectors) {
  /** Where users' vectors are. */
  public enum UserVectors {
    /** In the bundle and, once published, in the users index. */
    IN_BUNDLE,
    /** Nowhere: a search gives a history, and the encoder makes the vector for it. */
    FOLDED_IN
  }

  /** The documented defaults. */
  public static PrivacyOptions defaults() {
    return new PrivacyOptions(UserVectors.IN_BUNDLE);
  }
}
