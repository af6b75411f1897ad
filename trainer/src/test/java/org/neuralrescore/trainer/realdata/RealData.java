// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.realdata;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/** The data sets beside the project, equal times in the order of item ids; none is part of it. */
public final class RealData {
  private static final Path DATA =
      Path.of(System.getProperty("neuralrescore.root", ".")).resolve("../shared/data");

  private RealData() {}

  /** Reads {@code online-retail} or {@code ml-latest-small}; skips the test where it is absent. */
  public static Interactions read(String name) {
    return switch (name) {
      case "online-retail" -> onlineRetail(present("online-retail/online_retail.tsv.gz"));
      case "ml-latest-small" -> movieLens(present("ml-latest-small/ratings.csv"));
      default -> throw new IllegalArgumentException("no data set " + name);
    };
  }

  private static Path present(String file) {
    Path path = DATA.resolve(file);
    assumeTrue(Files.exists(path), "no " + file + " beside the project: its bands not measured");
    return path;
  }

  private static Interactions movieLens(Path file) {
    ReadingRules rules = ReadingRules.defaults().withTies(ReadingRules.Ties.ITEM_ID);
    return new InteractionReader(InteractionFormat.movieLensCsv(), rules).read(file);
  }

  private static Interactions onlineRetail(Path file) {
    InteractionFormat format =
        InteractionFormat.forFile(file)
            .withIds("CustomerID", "Description")
            .withRating(Optional.of("Quantity"))
            .withTime(Optional.of("InvoiceDate"));
    ReadingRules rules =
        ReadingRules.defaults()
            .withMinRating(1)
            .withDuplicates(ReadingRules.Duplicates.FIRST)
            .withTies(ReadingRules.Ties.ITEM_ID)
            .withBlankIds(ReadingRules.BlankIds.SKIP);
    return new InteractionReader(format, rules).read(file);
  }
}
