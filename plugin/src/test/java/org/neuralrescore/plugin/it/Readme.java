// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of the README, in order. */
final class Readme {
  /**
   * A block.
   *
   * @param language behind the fence
   * @param lines inside
   */
  record Block(String language, List<String> lines) {
    Block {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A link to a file of the project.
   *
   * @param target the file
   * @param heading in it; empty: none
   * @param text as the page has it
   */
  record Link(Path target, String heading, String text) {}

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]+))?\\)");

  private Readme() {}

  static List<Link> links(Path page) throws IOException {
    List<Link> links = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      String heading = link.group(2) == null ? "" : link.group(2);
      links.add(new Link(page.resolveSibling(link.group(1)), heading, link.group()));
    }
    return links;
  }

  static List<Block> blocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String language = "";
    boolean inside = false;
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("```")) {
        lines.add(line);
      } else if (inside) {
        blocks.add(new Block(language, lines));
        inside = false;
      } else {
        inside = true;
        language = line.substring(3).strip();
        lines = new ArrayList<>();
      }
    }
    return blocks;
  }

  /** A command line's words; double quotes hold words together, and a # ends the line. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean some = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        some = true;
      } else if (c == '#' && !quoted && !some) {
        break;
      } else if (c == ' ' && !quoted) {
        if (some) {
          words.add(word.toString());
          word.setLength(0);
          some = false;
        }
      } else {
        word.append(c);
        some = true;
      }
    }
    if (some) {
      words.add(word.toString());
    }
    return words;
  }
}
