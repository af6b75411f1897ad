// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelSettings;
import org.neuralrescore.plugin.registry.Sweep;

/** Every setting that the plugin brings stands on its page, in the table of its kind. */
class SettingsPageTest {
  private static List<String> rows(String heading) throws IOException {
    Path page = Path.of(System.getProperty("neuralrescore.root"), "plugin/README.md");
    List<String> lines = Files.readAllLines(page);
    int from = lines.indexOf(heading);
    assertTrue(from >= 0, heading);
    return lines.subList(from + 2, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static void assertRow(String heading, String key, String value) throws IOException {
    assertEquals(
        1,
        rows(heading).stream()
            .filter(row -> row.startsWith("| `" + key + "`") && row.contains(value))
            .count(),
        key + " " + value);
  }

  @Test
  void page_hasTheSettings() throws IOException {
    for (Setting<?> setting : ModelSettings.all()) {
      assertTrue(setting.isDynamic(), setting.getKey());
      assertRow("| setting, dynamic | default | |", setting.getKey(), "|");
    }
    assertRow(
        "| setting of a node, in its file | default | |",
        Sweep.GRACE.getKey(),
        "| " + Sweep.GRACE.get(Settings.EMPTY).minutes() + " minutes |");
  }

  @Test
  void page_hasTheThreads() throws IOException {
    for (ExecutorBuilder<?> builder : ModelExecutor.builders(Settings.EMPTY)) {
      for (Setting<?> setting : builder.getRegisteredSettings()) {
        String key = setting.getKey();
        String queue = ".queue_size";
        if (key.endsWith(queue)) {
          assertRow(
              "| setting of a node, in its file | default | |",
              key.replace(queue, ".size"),
              String.format(
                  java.util.Locale.ROOT, ", %,d |", (Integer) setting.get(Settings.EMPTY)));
        }
      }
    }
  }
}
