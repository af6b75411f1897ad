package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neuralrescore.trainer.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

/**
 * The words that tell a factor from the others: those with the largest terms {@code p log(p / q)}
 * of the Kullback-Leibler divergence, where p is the share of the factor's weight that stands on
 * items with the word, and q the same share of all factors' weight. Common words have p near q and
 * so say nothing, without a list of them; nor does it matter that popular items have longer texts.
 */
final class FactorWords {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]{2,}");

  /** A word of one or two items names them, not a factor. */
  private static final int MIN_ITEMS = 3;

  /** Below, p and q differ by no more than rounding does. */
  private static final double TELLING = 1e-9;

  private final List<String> vocabulary = new ArrayList<>();
  private final int[] itemsWithWord;
  private final int[][] wordsOfItem;
  private final FactorMatrix factors;
  // By word: the share of all factors' weight on items with it.
  private final double[] background;

  /**
   * Reads titles, descriptions and categories.
   *
   * @param factors [items x rank]
   */
  FactorWords(Ids items, FactorMatrix factors, List<CatalogueItem> catalogue) {
    this.factors = factors;
    Map<String, Integer> rows = new HashMap<>();
    wordsOfItem = new int[items.size()][0];
    for (CatalogueItem item : catalogue) {
      items
          .row(item.id())
          .ifPresent(
              row ->
                  wordsOfItem[row] =
                      words(item).stream()
                          .mapToInt(
                              word ->
                                  rows.computeIfAbsent(
                                      word,
                                      w -> {
                                        vocabulary.add(w);
                                        return vocabulary.size() - 1;
                                      }))
                          .toArray());
    }
    itemsWithWord = new int[vocabulary.size()];
    for (int[] words : wordsOfItem) {
      for (int word : words) {
        itemsWithWord[word]++;
      }
    }
    double[] weights = new double[items.size()];
    for (int i = 0; i < factors.values().length; i++) {
      weights[i / factors.rank()] += factors.values()[i];
    }
    background = shares(weights);
  }

  private static SortedSet<String> words(CatalogueItem item) {
    SortedSet<String> words = new TreeSet<>();
    String text =
        item.title() + ' ' + item.description() + ' ' + String.join(" ", item.categories());
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
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

  /** The most telling words of a factor, ties by word; fewer where fewer tell anything. */
  List<String> of(int factor, int count) {
    double[] weights = new double[wordsOfItem.length];
    for (int item = 0; item < weights.length; item++) {
      weights[item] = factors.values()[item * factors.rank() + factor];
    }
    double[] p = shares(weights);
    double[] terms = new double[p.length];
    for (int word = 0; word < terms.length; word++) {
      if (itemsWithWord[word] >= MIN_ITEMS && p[word] > 0) {
        terms[word] = p[word] * Math.log(p[word] / background[word]);
      }
    }
    double[] rising = terms.clone();
    Arrays.sort(rising);
    double least = rising.length < count ? 0 : rising[rising.length - count];
    List<Integer> top = new ArrayList<>();
    for (int word = 0; word < terms.length; word++) {
      if (terms[word] > TELLING && terms[word] >= least) {
        top.add(word);
      }
    }
    top.sort(
        (a, b) ->
            terms[a] == terms[b]
                ? vocabulary.get(a).compareTo(vocabulary.get(b))
                : Double.compare(terms[b], terms[a]));
    return top.stream().limit(count).map(vocabulary::get).toList();
  }
}
