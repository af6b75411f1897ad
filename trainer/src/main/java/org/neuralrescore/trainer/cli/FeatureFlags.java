// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.release.ContentSource;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;
import picocli.CommandLine.Option;

/** What the scorer is told beside the factors, as flags. */
final class FeatureFlags {
  @Option(
      names = "--features",
      split = ",",
      paramLabel = "popularity|age|content",
      description =
          "Let the scorer's network read these of an item beside its factors: popularity, log(1 +"
              + " interactions); age, log(1 + days since its first one); content, a vector from"
              + " --content-vectors or the words of the catalogue. Made of what is learned from"
              + " alone. A network with them is trained beside one without, and ships where it surely"
              + " is better on validation cases. Default: none.")
  List<String> features = List.of();

  @Option(
      names = "--content-vectors",
      paramLabel = "FILE",
      description =
          "Vectors of the items' words, images or anything else: a line an item, its id and its"
              + " values parted by tabs (commas in .csv; .gz is unpacked), no header. For --features"
              + " content and --method transfer. Default: the catalogue's words, hashed.")
  Path contentVectors;

  @Option(
      names = "--recent",
      paramLabel = "N",
      description =
          "Let the scorer's network read the newest N items of its user's history (1 to 100) beside"
              + " the whole of it: a second vector by the same user encoder, of which a search's"
              + " history or the users index has its own. For what one does just now, as against"
              + " what one likes. Trained, compared and shipped with --features, as one choice."
              + " Default: not at all.")
  Integer recent;

  @Option(
      names = "--recent-decay",
      paramLabel = "G",
      description =
          "What each of these items weighs of the one behind it, above 0 and at most 1; by their"
              + " order, since a search's history has no clock. Default 0.8.")
  Float recentDecay;

  FeatureOptions resolve() {
    FeatureOptions options = new FeatureOptions(named(), vectors());
    if (recent == null) {
      if (recentDecay != null) {
        throw new UserError(USAGE, "--recent-decay is of --recent items; say how many");
      }
      return options;
    }
    return options.withRecent(
        new RecentItems(recent, recentDecay == null ? RecentItems.DECAY : recentDecay));
  }

  private List<ItemFeature> named() {
    List<ItemFeature> named = new ArrayList<>();
    for (String feature : features) {
      named.add(
          Stream.of(ItemFeature.values())
              .filter(one -> one.label().equals(feature))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          USAGE,
                          "--features expects popularity, age or content, got [" + feature + "]")));
    }
    return named;
  }

  /**
   * Reads content once before anything is tried, so that what is wrong with it is told at once.
   *
   * @return what a person should know of it, a line each
   * @throws UserError where it cannot be read, or is asked for and there is none
   */
  List<String> lookAtContent(List<CatalogueItem> catalogue, Ids items) {
    FeatureOptions options = resolve();
    if (!options.wantContent()) {
      return List.of();
    }
    Optional<ItemContent> content = new ContentSource(vectors(), catalogue).of(items);
    options.source(content);
    long with = IntStream.range(0, items.size()).filter(content.orElseThrow()::has).count();
    return with == items.size()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT, "content is known of %,d of the %,d items", with, items.size()));
  }

  /** The file of vectors, where one was named. */
  Optional<Path> vectors() {
    return Optional.ofNullable(contentVectors);
  }
}
