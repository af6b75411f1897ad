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
 * The words that tell a factor's items from the catalogue: those with the largest terms {@code p
 * log(p / q)} of the Kullback-Leibler divergence, where p is the share of the factor's weight that
 * stands on items with the word, and q the share of items that have it. Common words have p near q
 * and so say nothing, without a list of them.
 */
final class FactorWords {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]{2,}");

  /** A word of one or two items names them, not a factor. */
  private static final int MIN_ITEMS = 3;

  private final List<String> vocabulary = new ArrayList<>();
  private final int[] itemsWithWord;
  private final int[][] wordsOfItem;

  /** Reads titles, descriptions and categories. */
  FactorWords(Ids items, List<CatalogueItem> catalogue) {
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

  /**
   * The most telling words of a factor, ties by word; fewer where fewer tell anything.
   *
   * @param factors [items x rank]
   */
  List<String> of(FactorMatrix factors, int factor, int count) {
    double[] weight = new double[vocabulary.size()];
    double total = 0;
    int described = 0;
    for (int item = 0; item < wordsOfItem.length; item++) {
      if (wordsOfItem[item].length > 0) {
        described++;
        double own = factors.values()[item * factors.rank() + factor];
        total += own;
        if (own > 0) {
          for (int word : wordsOfItem[item]) {
            weight[word] += own;
          }
        }
      }
    }
    double[] terms = new double[weight.length];
    for (int word = 0; word < terms.length; word++) {
      if (itemsWithWord[word] >= MIN_ITEMS && weight[word] > 0) {
        double p = weight[word] / total;
        terms[word] = p * Math.log(p * described / itemsWithWord[word]);
      }
    }
    double[] falling = terms.clone();
    Arrays.sort(falling);
    double least = falling.length < count ? 0 : falling[falling.length - count];
    List<Integer> top = new ArrayList<>();
    for (int word = 0; word < terms.length; word++) {
      if (terms[word] > 0 && terms[word] >= least) {
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
