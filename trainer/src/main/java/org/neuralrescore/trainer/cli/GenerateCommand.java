// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.EXISTS;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.synthetic.Habit;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a synthetic data set. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes synthetic films and people with planted tastes, in MovieLens's layout, so that every"
          + " other command can be tried without data. The same options give the same bytes."
    })
final class GenerateCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder.")
  Path out;

  @Option(
      names = "--items",
      defaultValue = "3000",
      description = "Films; default ${DEFAULT-VALUE}.")
  int items;

  @Option(
      names = "--users",
      defaultValue = "2000",
      description = "People; default ${DEFAULT-VALUE}.")
  int users;

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--kind",
      paramLabel = "NAME",
      defaultValue = "films",
      description = {
        "films (default): people watch one every few days, and none twice;",
        "repeat-buyers: baskets over a year, half of it bought before;",
        "one-evening: dozens rated in an hour, in the order of pages;",
        "long-tail: a handful each, of very many items (try --items 30000)."
      })
  String kind;

  @Mixin Output output;

  @Override
  public Integer call() throws IOException {
    SyntheticOptions options;
    try {
      options = new SyntheticOptions(items, users, seed, Habit.of(kind));
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
    if (Files.exists(out)) {
      throw new UserError(EXISTS, out + ": is there already; name a new folder with --out");
    }
    SyntheticData.write(out, options);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("directory", out.toString());
    result.put("items", items);
    result.put("users", users);
    result.put("kind", kind);
    result.put("synthetic", true);
    output.json(result);
    output.text("Wrote " + items + " films and " + users + " people to " + out + " (synthetic).");
    return 0;
  }
}
