// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.Map;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.UserSource;

/**
 * Bytes on the heap as long as a model is open: {@code sum of texts + numbers} of its manifest, and
 * the columns of its scorer where that turns out to be linear. Rather too many than too few.
 */
final class KeptHeap {
  /** An object, its place in a list or map, and what holds it. */
  private static final int OBJECT = 96;

  private KeptHeap() {}

  /** Of a manifest as it is served: {@code provenance} and {@code metrics} are not kept. */
  static long of(ModelManifest manifest) {
    long bytes = OBJECT + text(manifest.name()) + text(manifest.generation());
    for (InputSource input : manifest.scorer().inputs()) {
      bytes += input(input);
    }
    bytes += text(manifest.scorer().file()) + text(manifest.scorer().output());
    bytes += manifest.encoder().map(KeptHeap::encoder).orElse(0L);
    bytes += users(manifest.users());
    bytes += manifest.explanation().map(KeptHeap::explanation).orElse(0L);
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      bytes += text(file.getKey()) + text(file.getValue());
    }
    return bytes;
  }

  private static long input(InputSource input) {
    long bytes = OBJECT + text(input.name()) + (long) Double.BYTES * input.width();
    for (Object value : input.moreKeys().values()) {
      bytes += value(value);
    }
    return bytes;
  }

  private static long value(Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    long bytes = OBJECT;
    if (value instanceof Iterable<?> values) {
      for (Object one : values) {
        bytes += value(one);
      }
    }
    return bytes;
  }

  private static long encoder(EncoderSpec encoder) {
    return OBJECT
        + text(encoder.file())
        + text(encoder.items())
        + text(encoder.weights())
        + text(encoder.output());
  }

  private static long users(UserSource users) {
    return OBJECT
        + text(users.field())
        + floats(users.fallback().length())
        + users
            .recent()
            .map(recent -> text(recent.field()) + floats(recent.fallback().length()))
            .orElse(0L)
        + users.history().map(history -> text(history.field())).orElse(0L);
  }

  private static long explanation(FactorExplanation block) {
    return OBJECT + block.labels().stream().mapToLong(KeptHeap::text).sum();
  }

  private static long text(String text) {
    return OBJECT + (long) Character.BYTES * text.length();
  }

  private static long floats(int count) {
    return OBJECT + (long) Float.BYTES * count;
  }
}
