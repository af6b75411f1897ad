// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mahout.math.MurmurHash3;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.Ids;

/**
 * Titles, descriptions and categories as dense vectors of a fixed width: the hashing trick with
 * signs (Weinberger et al. 2009) over tf-idf, each vector of length 1. Needs no dictionary, so new
 * words do not change the width.
 */
public final class HashedWords {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,}");
  private static final int SEED = 0x9747b28c;

  private final int width;

  /**
   * Hashes to a width.
   *
   * @param width at least 16; 256 to 1024 suit catalogues of some ten thousand items
   */
  public HashedWords(int width) {
    if (width < 16) {
      throw new IllegalArgumentException("hashed words expect a width of 16 or more, got " + width);
    }
    this.width = width;
  }

  /** The content of a catalogue's items. An item without any word has none. */
  public ItemContent of(Ids items, List<CatalogueItem> catalogue) {
    Map<String, List<String>> tokens = new HashMap<>();
    Map<String, Integer> documents = new HashMap<>();
    for (CatalogueItem item : catalogue) {
      List<String> own = tokens(item);
      tokens.put(item.id(), own);
      new HashSet<>(own).forEach(token -> documents.merge(token, 1, Integer::sum));
    }
    Map<String, float[]> vectors = new HashMap<>();
    tokens.forEach(
        (id, own) -> {
          if (!own.isEmpty()) {
            vectors.put(id, vector(own, documents, catalogue.size()));
          }
        });
    return ItemContent.of(items, width, vectors);
  }

  private static List<String> tokens(CatalogueItem item) {
    List<String> tokens = new ArrayList<>();
    item.categories().forEach(category -> tokens.add("category:" + category));
    addWords(tokens, item.title());
    addWords(tokens, item.description());
    return tokens;
  }

  private static void addWords(List<String> tokens, String text) {
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      tokens.add(words.group());
    }
  }

  private float[] vector(List<String> tokens, Map<String, Integer> documents, int total) {
    float[] vector = new float[width];
    Map<String, Integer> counts = new TreeMap<>();
    tokens.forEach(token -> counts.merge(token, 1, Integer::sum));
    counts.forEach(
        (token, count) -> {
          byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
          int hash = MurmurHash3.murmurhash3x8632(bytes, 0, bytes.length, SEED);
          double idf = Math.log((1.0 + total) / (1 + documents.get(token))) + 1;
          double value = (1 + Math.log(count)) * idf;
          vector[(hash >>> 1) % width] += (float) ((hash & 1) == 0 ? value : -value);
        });
    double length = 0;
    for (float value : vector) {
      length += (double) value * value;
    }
    // Words whose hashes cancel out leave nothing to scale.
    float scale = length == 0 ? 0f : (float) (1 / Math.sqrt(length));
    for (int i = 0; i < width; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
