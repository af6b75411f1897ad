// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.Locale;

/** Makes a positive score of the graph's output, order kept. */
public enum ScoreTransform {
  /** {@code log(1 + e^x)}: for logits; about {@code x} where x is large. */
  SOFTPLUS {
    @Override
    public float apply(float output) {
      // The larger of x and 0 is taken out of the exponent so that it cannot overflow.
      return (float) (Math.max(output, 0) + Math.log1p(Math.exp(-Math.abs((double) output))));
    }
  },
  /** {@code 1 / (1 + e^-x)}: a probability. */
  SIGMOID {
    @Override
    public float apply(float output) {
      double decay = Math.exp(-Math.abs((double) output));
      return (float) (output >= 0 ? 1 / (1 + decay) : decay / (1 + decay));
    }
  },
  /** The output itself, which the model promises to be positive. */
  IDENTITY {
    @Override
    public float apply(float output) {
      return output;
    }
  };

  /** The final score of an output; NaN and infinities go through and are caught by the caller. */
  public abstract float apply(float output);

  /** As the manifest writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The transform of a manifest's word. */
  public static ScoreTransform of(String key) {
    for (ScoreTransform transform : values()) {
      if (transform.key().equals(key)) {
        return transform;
      }
    }
    throw new InvalidBundleException(
        "manifest.json scorer.output.transform expects softplus, sigmoid or identity, got ["
            + key
            + "]");
  }
}
