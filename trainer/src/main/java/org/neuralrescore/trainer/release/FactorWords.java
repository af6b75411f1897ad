// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

/**
 * The words that tell a factor from the others: those with the largest terms {@code p log(p / q)}
 * of the Kullback-Leibler divergence, where p is the share of the factor's weight that stands on
 * items with the word, and q the same share of all factors' weight. Common words have p near q and
 * so say nothing, without a list of them. Words of descriptions are compared among items that have
 * one, so that it says nothing either who is described at all.
 */
final class FactorWords {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]{2,}");

  /** A word of one or two items names them, not a factor. */
  private static final int MIN_ITEMS = 3;

  /** Below, p and q differ by no more than rounding does. */
  private static final double TELLING = 1e-9;

  private final FactorMatrix factors;
  private final Field names;
  private final Field descriptions;

  /**
   * Reads titles, descriptions and categories.
   *
   * @param factors [items x rank]
   */
  FactorWords(Ids items, FactorMatrix factors, List<CatalogueItem> catalogue) {
    this.factors = factors;
    double[] all = new double[items.size()];
    for (int i = 0; i < factors.values().length; i++) {
      // What an item says against something names no factor.
      all[i / factors.rank()] += Math.max(0, factors.values()[i]);
    }
    names =
        new Field(
            items,
            catalogue,
            item -> item.title() + ' ' + String.join(" ", item.categories()),
            all);
    descriptions = new Field(items, catalogue, CatalogueItem::description, all);
  }

  /** The most telling words of a factor, ties by word; fewer where fewer tell anything. */
  List<String> of(int factor, int count) {
    double[] weights = new double[factors.rows()];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = factors.values()[item * factors.rank() + factor];
    }
    Map<String, Double> terms = new TreeMap<>();
    names.addTerms(weights, terms);
    descriptions.addTerms(weights, terms);
    // The sort is stable: equal terms stay in the order of words.
    return terms.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** One of an item's texts. */
  private static final class Field {
    private final List<String> vocabulary = new ArrayList<>();
    private final int[] itemsWithWord;
    private final int[][] wordsOfItem;
    // By word: the share of all factors' weight on items with it.
    private final double[] background;

    Field(
        Ids items,
        List<CatalogueItem> catalogue,
        Function<CatalogueItem, String> text,
        double[] weights) {
      Map<String, Integer> rows = new HashMap<>();
      wordsOfItem = new int[items.size()][0];
      for (CatalogueItem item : catalogue) {
        OptionalInt row = items.row(item.id());
        if (row.isPresent()) {
          wordsOfItem[row.getAsInt()] =
              words(text.apply(item)).stream()
                  .mapToInt(word -> rows.computeIfAbsent(word, this::add))
                  .toArray();
        }
      }
      itemsWithWord = new int[vocabulary.size()];
      for (int[] words : wordsOfItem) {
        for (int word : words) {
          itemsWithWord[word]++;
        }
      }
      background = shares(weights);
    }

    private int add(String word) {
      vocabulary.add(word);
      return vocabulary.size() - 1;
    }

    private static SortedSet<String> words(String text) {
      SortedSet<String> words = new TreeSet<>();
      Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
      while (matcher.find()) {
        words.add(matcher.group());
      }
      return words;
    }

    /** Adds each word's term; a word that is there already keeps the larger one. */
    void addTerms(double[] weights, Map<String, Double> terms) {
      double[] p = shares(weights);
      for (int word = 0; word < p.length; word++) {
        if (itemsWithWord[word] >= MIN_ITEMS && p[word] > 0) {
          double term = p[word] * Math.log(p[word] / background[word]);
          if (term > TELLING) {
            terms.merge(vocabulary.get(word), term, Math::max);
          }
        }
      }
    }

    /** By word, the share of some weight by item that stands on items with the word. */
    private double[] shares(double[] weights) {
      double[] shares = new double[vocabulary.size()];
      double total = 0;
      for (int item = 0; item < wordsOfItem.length; item++) {
        if (weights[item] > 0 && wordsOfItem[item].length > 0) {
          total += weights[item];
          for (int word : wordsOfItem[item]) {
            shares[word] += weights[item];
          }
        }
      }
      for (int word = 0; total > 0 && word < shares.length; word++) {
        shares[word] /= total;
      }
      return shares;
    }
  }
}
