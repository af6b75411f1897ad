// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;

/**
 * What of people leaves the trainer.
 *
 * @param userVectors default in the bundle
 * @param differential what is promised to every user about the item factors; empty: nothing. User
 *     vectors are no part of that promise and then stay out
 */
public record PrivacyOptions(UserVectors userVectors, Optional<DifferentialPrivacy> differential) {
  /** Where users' vectors are. */
  public enum UserVectors {
    /** In the bundle and, once published, in the users index. */
    IN_BUNDLE,
    /** Nowhere: a search gives a history, and the encoder makes the vector for it. */
    FOLDED_IN
  }

  public PrivacyOptions {
    if (differential.isPresent() && userVectors == UserVectors.IN_BUNDLE) {
      throw new IllegalArgumentException(
          "user vectors are made of one user's history each and cannot ship under differential"
              + " privacy; fold users in instead");
    }
  }

  /** Users folded in, item factors private. */
  public static PrivacyOptions differential(DifferentialPrivacy privacy) {
    return new PrivacyOptions(UserVectors.FOLDED_IN, Optional.of(privacy));
  }

  /** The documented defaults. */
  public static PrivacyOptions defaults() {
    return new PrivacyOptions(UserVectors.IN_BUNDLE, Optional.empty());
  }
}
