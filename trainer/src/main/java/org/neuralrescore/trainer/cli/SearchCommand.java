// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ScoreExplanation;
import org.neuralrescore.trainer.publish.SearchHit;
import org.neuralrescore.trainer.publish.SearchQuery;
import org.neuralrescore.trainer.publish.SearchUser;
import org.neuralrescore.trainer.publish.Searcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One search, plain or for somebody. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Searches the items, plain or rescored for one person: a known user, a visitor of whom only a"
          + " few clicks are known, or nobody in particular.",
      ""
    },
    footer = {
      "",
      "  neural-rescore search --model films \"space adventure\"",
      "  neural-rescore search --model films --user 42 --explain \"space adventure\"",
      "  neural-rescore search --model films --history 260,1196,1210 \"space adventure\""
    })
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TEXT", defaultValue = "", description = "Empty finds everything.")
  String text;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "An alias, or name/generation.")
  String model;

  @Option(names = "--index", paramLabel = "NAME", description = "Default: the model's name.")
  String index;

  @Option(
      names = "--users-index",
      paramLabel = "NAME",
      description = "Where users are; default: the items index' name and -users.")
  String usersIndex;

  @Option(names = "--plain", description = "The first pass alone.")
  boolean plain;

  @Option(names = "--user", paramLabel = "ID", description = "For a known user.")
  String user;

  @Option(
      names = "--history",
      split = ",",
      paramLabel = "ITEM",
      description = "For somebody who touched these items; nothing is stored.")
  List<String> history;

  @Option(
      names = "--context",
      paramLabel = "COLUMN=VALUE",
      description =
          "What is known of the request, such as country=France, for a model that reads it; may be"
              + " repeated.")
  Map<String, String> context = new LinkedHashMap<>();

  @Option(
      names = "--weight",
      paramLabel = "W",
      defaultValue = "1",
      description = "0 is the first pass, 1 the model alone; default ${DEFAULT-VALUE}.")
  double weight;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "500",
      description = "Hits that a shard rescores; default ${DEFAULT-VALUE}.")
  int window;

  @Option(names = "--size", paramLabel = "N", defaultValue = "10", description = "Hits to show.")
  int size;

  @Option(names = "--explain", description = "Say why each hit has its score.")
  boolean explain;

  @Option(
      names = "--exclude-seen",
      description =
          "Leave out what the person has touched: the items of --history or, for --user, those of"
              + " the interactions, as the project file or --interactions names them.")
  boolean excludeSeen;

  @Option(
      names = "--fields",
      split = ",",
      paramLabel = "NAME^WEIGHT",
      description =
          "Fields that are searched, of an index of your own; the first is shown. Default:"
              + " title^3,categories^2,description.")
  List<String> fields = Searcher.FIELDS;

  @Mixin DataOptions data;

  @Mixin ClusterFlags cluster;

  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    if (user != null && history != null) {
      throw new UserError(USAGE, "a search is for --user or for --history, not for both");
    }
    SearchQuery query = SearchQuery.plain(text, size);
    if (!plain) {
      query = query.rescored(new SearchQuery.Rescore(model, searchUser(), context, weight, window));
    }
    if (explain) {
      query = query.explained();
    }
    if (excludeSeen) {
      query = query.leavingOut(seen());
    }
    SearchQuery asked = query;
    try (Cluster connected = cluster.connect()) {
      String items = index == null ? model.split("/", -1)[0] : index;
      Searcher searcher = new Searcher(connected, items, fields);
      List<SearchHit> hits = searcher.search(asked);
      if (user != null && !plain) {
        tellStranger(searcher, usersIndex == null ? items + "-users" : usersIndex);
      }
      Map<String, String> titles = searcher.titles(touched(hits));
      if (hits.isEmpty()) {
        output.text(
            text.isBlank()
                ? "nothing found"
                : "nothing found in " + String.join(", ", fields) + "; --fields names others");
      }
      for (int i = 0; i < hits.size(); i++) {
        SearchHit hit = hits.get(i);
        output.text(
            String.format(
                Locale.ROOT, "%3d  %10.5f  %s  [%s]", i + 1, hit.score(), hit.title(), hit.id()));
        hit.explanation().ifPresent(why -> tell(why, titles, 1));
      }
      output.json(Map.of("hits", hits.stream().map(SearchCommand::json).toList()));
    }
    return 0;
  }

  /** Who is not known is served as the default user, which nothing in the hits says. */
  private void tellStranger(Searcher searcher, String users) {
    if (searcher.isThere(users, user).filter(there -> !there).isPresent()) {
      output.note(
          "user ["
              + user
              + "] is not in ["
              + users
              + "], so this is what the model's default user gets");
    }
  }

  private List<String> seen() {
    if (history != null) {
      return history;
    }
    if (user == null || !data.given()) {
      throw new UserError(
          USAGE,
          "--exclude-seen wants a --history, or a --user and the interactions that say what they"
              + " have seen: -p PROJECT or --interactions FILE");
    }
    Interactions interactions = data.readInteractions(List.of());
    List<String> items = new ArrayList<>();
    OptionalInt row = interactions.users().row(user);
    if (row.isPresent()) {
      Histories all = interactions.histories();
      for (int p = all.start(row.getAsInt()); p < all.end(row.getAsInt()); p++) {
        items.add(interactions.items().get(all.item(p)));
      }
    }
    return items;
  }

  private SearchUser searchUser() {
    if (user != null) {
      return new SearchUser.ById(user);
    }
    return history == null ? new SearchUser.Nobody() : new SearchUser.ByHistory(history);
  }

  private static Set<String> touched(List<SearchHit> hits) {
    return hits.stream()
        .flatMap(hit -> hit.explanation().stream())
        .flatMap(ScoreExplanation::touched)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void tell(ScoreExplanation why, Map<String, String> titles, int depth) {
    output.text(
        String.format(
            Locale.ROOT,
            "%s%10.5f  %s",
            " ".repeat(3 + 2 * depth),
            why.value(),
            why.told(id -> titles.getOrDefault(id, id))));
    why.details().forEach(detail -> tell(detail, titles, depth + 1));
  }

  private static Map<String, Object> json(SearchHit hit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", hit.id());
    map.put("score", hit.score());
    map.put("title", hit.title());
    map.put("categories", hit.categories());
    Optional<Map<String, Object>> why = hit.explanation().map(SearchCommand::json);
    why.ifPresent(explanation -> map.put("explanation", explanation));
    return map;
  }

  private static Map<String, Object> json(ScoreExplanation why) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", why.value());
    map.put("description", why.description());
    List<Map<String, Object>> details = new ArrayList<>();
    why.details().forEach(detail -> details.add(json(detail)));
    map.put("details", details);
    return map;
  }
}
