// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.WholeFile;
import org.neuralrescore.trainer.eval.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verdict of a run for machines, beside its bundle and its page as {@code
 * onnx-models/<name>/<generation>.json}: what it is worth against the baselines that were measured.
 * It is no part of the bundle, whose bytes do not depend on what stood beside it.
 */
public final class VerdictFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private VerdictFile() {}

  /**
   * What was written.
   *
   * @param standing against the strongest baseline
   * @param sentence for a person
   */
  public record Said(Verdict.Standing standing, String sentence) {}

  /** Where the verdict on a bundle lies. */
  public static Path beside(Path bundle) {
    Path folder = bundle.toAbsolutePath().normalize();
    return folder.resolveSibling(folder.getFileName() + ".json");
  }

  /** As it stands in the file and in {@code --json}. */
  public static Map<String, Object> json(Verdict verdict) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("standing", verdict.standing().label());
    map.put("baseline", verdict.baseline());
    map.put("figure", "ndcg@" + verdict.cutoff());
    map.put("model", verdict.modelNdcg());
    map.put("baseline_value", verdict.baselineNdcg());
    map.put("difference", verdict.lead().difference());
    map.put("interval", new double[] {verdict.lead().low(), verdict.lead().high()});
    map.put("cases", verdict.cases());
    map.put("baselines_measured", verdict.baselines());
    map.put("sentence", verdict.sentence());
    return map;
  }

  /**
   * Writes it; the file appears whole or not at all.
   *
   * @throws UserError of kind ENVIRONMENT where it cannot be written
   */
  static void write(Path bundle, Verdict verdict) {
    Path file = beside(bundle);
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json(verdict)) + "\n";
    try {
      WholeFile.writeAmongOthers(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (UncheckedIOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          file + ": the verdict cannot be written: " + e.getCause(),
          e.getCause());
    }
  }

  /**
   * Reads the verdict on a bundle.
   *
   * @return empty where there is none: a bundle made elsewhere or by an earlier version
   * @throws UserError of kind INPUT where the file is there and is none
   */
  public static Optional<Said> read(Path bundle) {
    Path file = beside(bundle);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode read = MAPPER.readTree(Files.readString(file));
      String label = read.path("standing").asString("");
      for (Verdict.Standing standing : Verdict.Standing.values()) {
        if (standing.label().equals(label)) {
          return Optional.of(new Said(standing, read.path("sentence").asString("")));
        }
      }
      throw new UserError(
          UserError.Kind.INPUT,
          file + ": standing expects better, level or worse, got [" + label + "]; delete the file");
    } catch (IOException | JacksonException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": no verdict can be read: " + e.getMessage(), e);
    }
  }
}
