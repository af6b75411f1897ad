// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.base.UserError;

/**
 * The machine, as far as the plugin's native library asks for it.
 *
 * @param os as {@code os.name} says
 * @param arch as {@code os.arch} says
 */
public record Platform(String os, String arch) {
  private static final List<String> ARCHITECTURES = List.of("amd64", "x86_64", "aarch64", "arm64");

  /** This machine. */
  public static Platform current() {
    return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /**
   * Passes where an Elasticsearch with the plugin starts.
   *
   * @throws UserError of kind ENVIRONMENT elsewhere
   */
  public void requirePlugin() {
    if (!os.toLowerCase(Locale.ROOT).contains("linux") || !ARCHITECTURES.contains(arch)) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "the demonstration starts an Elasticsearch with the plugin, which runs on Linux x64 and"
              + " aarch64, and this is ["
              + os
              + " "
              + arch
              + "]: take a Linux machine or container; training alone needs no plugin");
    }
  }
}
