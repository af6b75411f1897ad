// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A project file: flags of the commands by their names, {@code user_column: customer} for {@code
 * --user-column customer}, so that they are said once. Paths in it are as seen from its folder.
 *
 * @param file where it is
 * @param flags value by flag without dashes before it, such as {@code user-column}
 */
record ProjectFile(Path file, Map<String, String> flags) {
  ProjectFile {
    flags = Map.copyOf(flags);
  }

  /**
   * Reads one.
   *
   * @throws UserError of kind INPUT in one line
   */
  static ProjectFile read(Path file) {
    Map<String, String> flags = new LinkedHashMap<>();
    try {
      JsonNode root =
          YAMLMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw new UserError(
            INPUT, file + ": is no project file; expected a line such as 'user_column: customer'");
      }
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        String flag = entry.getKey().replace('_', '-');
        if (flags.put(flag, text(file, entry.getKey(), entry.getValue())) != null) {
          throw new UserError(INPUT, file + ": [" + flag + "] stands twice; take one out");
        }
      }
    } catch (NoSuchFileException e) {
      throw new UserError(
          INPUT, file + ": no such file; 'neural-rescore check-data' writes a project file", e);
    } catch (IOException e) {
      throw new UserError(INPUT, file + ": cannot be read: " + e.getMessage(), e);
    } catch (JacksonException e) {
      String why = String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ");
      throw new UserError(INPUT, file + ": is no YAML: " + why + "; mend the file", e);
    }
    return new ProjectFile(file, flags);
  }

  private static String text(Path file, String key, JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(text(file, key, part)));
      return String.join(",", parts);
    }
    if (!value.isValueNode() || value.isNull()) {
      throw new UserError(
          INPUT, file + ": [" + key + "] expects a value or a list of values; see --help of train");
    }
    return value.asString();
  }

  /** A flag's value. */
  Optional<String> get(String flag) {
    return Optional.ofNullable(flags.get(flag));
  }

  /** A path in the file, as seen from where the command runs. */
  String placed(String path) {
    Path folder = file.toAbsolutePath().getParent();
    return path.equals("-") ? path : folder.resolve(path).normalize().toString();
  }
}
