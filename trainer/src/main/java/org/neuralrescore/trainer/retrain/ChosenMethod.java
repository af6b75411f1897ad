// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code method.json} in a model's folder: the method that was chosen for it, which runs keep until
 * it is looked for again. Whoever deletes the file has the next run choose.
 *
 * @param run the first that had it
 * @param given what it was chosen beside, by flag: beside others another may be better, or
 *     forbidden
 * @param flags of {@code train} that say what was chosen
 */
public record ChosenMethod(int run, Map<String, String> given, List<String> flags) {
  /** The file's name in a model's folder. */
  public static final String FILE = "method.json";

  private static final JsonMapper MAPPER = new JsonMapper();

  public ChosenMethod {
    given = Map.copyOf(given);
    flags = List.copyOf(flags);
  }

  /**
   * What was chosen, where it still holds for the next run.
   *
   * @param every so many runs it is chosen anew
   * @param given now
   * @throws UserError of kind INPUT where the file is none of ours
   */
  public static Optional<ChosenMethod> of(
      Workspace workspace, int every, Map<String, String> given) {
    Path file = workspace.folder().resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ChosenMethod chosen;
    try {
      JsonNode read = MAPPER.readTree(file.toFile());
      if (read.isObject() && !read.has("given")) {
        // Of an earlier build, which did not write down what it was chosen beside.
        return Optional.empty();
      }
      chosen = MAPPER.treeToValue(read, ChosenMethod.class);
    } catch (JacksonException | NullPointerException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          file + ": not a chosen method; delete it to have one chosen, or name one by --factors",
          e);
    }
    int next = nextRun(workspace);
    return Optional.of(chosen)
        .filter(one -> one.run <= next && next - one.run < every && one.given.equals(given));
  }

  /** The method of the next run and those behind it. */
  public static ChosenMethod choose(
      Workspace workspace, Map<String, String> given, List<String> flags) {
    ChosenMethod chosen = new ChosenMethod(nextRun(workspace), given, flags);
    WholeFile.write(
        workspace.folder().resolve(FILE), out -> out.write(MAPPER.writeValueAsBytes(chosen)));
    return chosen;
  }

  private static int nextRun(Workspace workspace) {
    return new History(workspace.folder()).nextRun();
  }
}
