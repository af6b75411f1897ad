// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;
import java.util.Optional;

/**
 * A page.
 *
 * @param title its heading
 * @param headline what it all comes to, above everything else
 * @param summary one or two sentences below the heading
 * @param tiles what a person wants to know first
 * @param chapters in order
 */
public record Report(
    String title,
    Optional<Headline> headline,
    String summary,
    List<Tile> tiles,
    List<Chapter> chapters) {
  public Report {
    tiles = List.copyOf(tiles);
    chapters = List.copyOf(chapters);
  }

  /** How a headline is meant; told in words as well as by colour. */
  public enum Tone {
    GOOD,
    EVEN,
    BAD
  }

  /**
   * What a page comes to.
   *
   * @param text one sentence
   * @param advice what to do about it, may be empty
   */
  public record Headline(Tone tone, String text, String advice) {}

  /**
   * A figure at the head of the page.
   *
   * @param name what it is
   * @param value in large type
   * @param note below it, may be empty
   */
  public record Tile(String name, String value, String note) {}

  /**
   * Sections that belong together.
   *
   * @param name in the table of contents, unique on the page
   * @param sections in order
   */
  public record Chapter(String name, List<Section> sections) {
    public Chapter {
      sections = List.copyOf(sections);
    }
  }
}
