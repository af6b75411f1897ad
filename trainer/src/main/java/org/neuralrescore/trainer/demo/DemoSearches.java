// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.util.List;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.publish.SearchHit;
import org.neuralrescore.trainer.publish.SearchQuery;
import org.neuralrescore.trainer.publish.SearchUser;
import org.neuralrescore.trainer.publish.Searcher;

/** One query, asked plainly and for three people. */
final class DemoSearches {
  /** Text matches that a shard rescores: the model chooses among these. */
  static final int WINDOW = 200;

  private final Searcher searcher;
  private final DemoOptions options;

  DemoSearches(Searcher searcher, DemoOptions options) {
    this.searcher = searcher;
    this.options = options;
  }

  /**
   * A list of hits.
   *
   * @param name of whom it is for
   * @param hits best first
   */
  record Answer(String name, List<SearchHit> hits) {}

  Answer plain() {
    return new Answer("plain", searcher.search(SearchQuery.plain(options.query(), WINDOW)));
  }

  Answer forUser(String name, SearchUser user) {
    SearchQuery query =
        SearchQuery.plain(options.query(), options.size())
            .rescored(new SearchQuery.Rescore(options.name(), user, 1, WINDOW))
            .explained();
    return new Answer(name, searcher.search(query));
  }

  /** The place of a hit in a list, from 1; 0 where it is not in it. */
  static int place(String id, Answer answer) {
    return IntStream.range(0, answer.hits().size())
            .filter(i -> answer.hits().get(i).id().equals(id))
            .findFirst()
            .orElse(-1)
        + 1;
  }
}
