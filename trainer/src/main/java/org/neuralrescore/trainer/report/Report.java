package org.neuralrescore.trainer.report;

import java.util.List;

/**
 * A page.
 *
 * @param title its heading
 * @param summary one or two sentences below the heading
 * @param sections in order
 */
public record Report(String title, String summary, List<Section> sections) {
  public Report {
    sections = List.copyOf(sections);
  }
}
