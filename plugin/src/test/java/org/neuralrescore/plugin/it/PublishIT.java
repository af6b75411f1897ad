// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.it.TinyBundles.Made;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.DeployedModel;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Case;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Scored;
import org.neuralrescore.trainer.publish.PublishOptions;
import org.neuralrescore.trainer.publish.PublishReport;
import org.neuralrescore.trainer.publish.Publisher;
import org.neuralrescore.trainer.publish.SearchHit;
import org.neuralrescore.trainer.publish.SearchQuery;
import org.neuralrescore.trainer.publish.SearchUser;
import org.neuralrescore.trainer.publish.Searcher;

/** Bundles, published and searched through the trainer's own client code. */
class PublishIT {
  private static final double TOLERANCE = 1e-4;
  private static final Path CONFIG = Path.of(System.getProperty("neuralrescore.root"), "es-config");

  private static org.neuralrescore.trainer.publish.Cluster connection;

  @TempDir Path folder;
  private TinyBundles bundles;

  @BeforeAll
  static void connect() {
    connection =
        org.neuralrescore.trainer.publish.Cluster.connect(
            ClusterAddress.of(Cluster.shared().baseUri()));
  }

  @AfterAll
  static void disconnect() {
    connection.close();
  }

  @BeforeEach
  void prepare() {
    bundles = new TinyBundles(folder);
  }

  private static PublishReport publish(Made made, PublishOptions options) {
    return new Publisher(connection, options, Progress.none())
        .publish(made.bundle().stored(), Catalogue.of(catalogue()));
  }

  private static PublishReport publish(Made made) {
    return publish(made, options(made));
  }

  private static PublishOptions options(Made made) {
    return PublishOptions.defaults(made.bundle().manifest().name(), CONFIG);
  }

  /** All films but the last of the bundle, and one that the bundle does not know. */
  private static List<CatalogueItem> catalogue() {
    List<CatalogueItem> items = new ArrayList<>();
    for (int i = 0; i < TinyBundles.ITEMS - 1; i++) {
      items.add(
          new CatalogueItem(
              String.format(java.util.Locale.ROOT, "film-%02d", i),
              "space ".repeat(1 + i % 4) + "film " + i,
              "A description.",
              List.of(i % 2 == 0 ? "Drama" : "Comedy")));
    }
    items.add(new CatalogueItem("new-film", "space oddity", "", List.of()));
    return items;
  }

  private static List<Scored> ranking(String index, String model, SearchUser user) {
    return new ElasticsearchRanking(connection, index, model).rank(new Case(user, Set.of(), 100));
  }

  private static void assertScores(Made made, float[] user, List<Scored> ranking) {
    for (Scored scored : ranking) {
      java.util.OptionalInt row = made.model().items().row(scored.id());
      int item = row.orElse(7);
      assertEquals(made.score(user, item), scored.score(), TOLERANCE, scored.id());
    }
    for (int i = 1; i < ranking.size(); i++) {
      assertTrue(ranking.get(i - 1).score() >= ranking.get(i).score());
    }
  }

  @Test
  void publish_thenRank_givesTheModelsScoresForEveryUserAndItem() {
    Made made = bundles.make("publish-all", 1);

    PublishReport report = publish(made);

    assertEquals(made.bundle().reference(), report.model());
    assertEquals(TinyBundles.ITEMS + 1, report.items());
    assertEquals(TinyBundles.USERS, report.users());
    assertEquals(TinyBundles.ITEMS / 8 + 1, report.itemsWithoutVector());
    assertEquals(1, report.itemsWithoutText());
    assertEquals(Optional.empty(), report.previous());
    for (int u = 0; u < TinyBundles.USERS - 1; u++) {
      List<Scored> ranking =
          ranking("publish-all", "publish-all", new SearchUser.ById("user-" + u));
      assertEquals(TinyBundles.ITEMS + 1, ranking.size());
      assertScores(made, made.model().userFactors().row(u), ranking);
    }
    float[] nobody = made.model().defaultUser().row(0);
    assertScores(made, nobody, ranking("publish-all", "publish-all", new SearchUser.Nobody()));
    assertScores(
        made, nobody, ranking("publish-all", "publish-all", new SearchUser.ById("user-" + 4)));
  }

  @Test
  void rank_leavesExcludedItemsOutAndKeepsTheOrderOfTheCases() {
    Made made = bundles.make("publish-exclude", 2);
    publish(made);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      cases.add(
          new Case(new SearchUser.ById("user-" + i % 4), Set.of("film-0" + i % 8, "film-20"), 3));
    }

    List<List<Scored>> rankings = new ArrayList<>();
    new ElasticsearchRanking(connection, "publish-exclude", "publish-exclude")
        .rank(
            cases.size(),
            cases::get,
            (index, hits) -> {
              assertEquals(rankings.size(), index);
              rankings.add(hits);
            },
            Progress.none());

    assertEquals(40, rankings.size());
    for (int i = 0; i < 40; i++) {
      assertEquals(3, rankings.get(i).size());
      assertScores(made, made.model().userFactors().row(i % 4), rankings.get(i));
      for (Scored scored : rankings.get(i)) {
        assertFalse(cases.get(i).excluded().contains(scored.id()));
      }
    }
  }

  @Test
  void publish_byHandTwice_isTakenBackByRollback() {
    Made first = bundles.make("publish-back", 1);
    Made second = bundles.make("publish-back", 2);
    for (Made made : List.of(first, second, second)) {
      TrainerRun run = command("publish", made.bundle().stored().folder().toString());
      assertEquals(0, run.code(), run.err());
    }
    assertEquals(second.bundle().reference(), aliased("publish-back"));
    List<String> ways =
        List.of(
            first.bundle().reference(), second.bundle().reference(), first.bundle().reference());
    for (String there : ways) {
      TrainerRun run = command("rollback", "--name", "publish-back", "--out", folder.toString());
      assertEquals(0, run.code(), run.err());
      assertEquals(there, aliased("publish-back"));
    }
  }

  private static TrainerRun command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", Cluster.shared().baseUri().toString()));
    all.addAll(List.of("--config", CONFIG.toString()));
    return TrainerRun.of(all);
  }

  private static String aliased(String alias) {
    return new DeployedModel(connection, PublishOptions.defaults(alias, CONFIG))
        .reference()
        .orElseThrow();
  }

  @Test
  void publish_onSeveralShards_scoresTheSame() {
    Made made = bundles.make("publish-shards", 3);
    publish(made, options(made).withShards(3));

    List<Scored> ranking =
        ranking("publish-shards", "publish-shards", new SearchUser.ById("user-2"));

    assertEquals(TinyBundles.ITEMS + 1, ranking.size());
    assertScores(made, made.model().userFactors().row(2), ranking);
  }

  @Test
  void publish_twice_changesNothing() {
    Made made = bundles.make("publish-twice", 4);
    PublishReport first = publish(made);
    List<Scored> before = ranking("publish-twice", "publish-twice", new SearchUser.ById("user-0"));

    PublishReport second = publish(made);

    assertEquals(first, second);
    assertEquals(before, ranking("publish-twice", "publish-twice", new SearchUser.ById("user-0")));
  }

  @Test
  void publish_ofThreeGenerations_keepsTheLastTwoAndMixesNone() {
    Made first = bundles.make("publish-life", 10);
    Made second = bundles.make("publish-life", 11);
    Made third = bundles.make("publish-life", 12);
    SearchUser user = new SearchUser.ById("user-1");

    publish(first);
    PublishReport afterSecond = publish(second);
    assertEquals(Optional.of(first.bundle().reference()), afterSecond.previous());
    assertEquals(List.of(), afterSecond.removed());
    assertScores(
        first,
        first.model().userFactors().row(1),
        ranking("publish-life", first.bundle().reference(), user));

    PublishReport afterThird = publish(third);
    assertEquals(Optional.of(second.bundle().reference()), afterThird.previous());
    assertEquals(List.of(first.bundle().reference()), afterThird.removed());
    assertScores(
        third, third.model().userFactors().row(1), ranking("publish-life", "publish-life", user));
    assertScores(
        second,
        second.model().userFactors().row(1),
        ranking("publish-life", second.bundle().reference(), user));
    assertThrows(UserError.class, () -> ranking("publish-life", first.bundle().reference(), user));
    for (String index : List.of("publish-life", "publish-life-users")) {
      assertEquals(0, withVector(index, first));
      assertNotEquals(0, withVector(index, second));
      assertNotEquals(0, withVector(index, third));
    }

    PublishReport again = publish(third);
    assertEquals(Optional.empty(), again.previous());
    assertScores(
        second,
        second.model().userFactors().row(1),
        ranking("publish-life", second.bundle().reference(), user));
  }

  private static int withVector(String index, Made made) {
    return Cluster.shared()
        .call(
            "POST",
            "/" + index + "/_count",
            "{\"query\": {\"exists\": {\"field\": \"factors_"
                + made.bundle().manifest().generation()
                + "\"}}}")
        .expect(200)
        .json()
        .path("count")
        .asInt();
  }

  @Test
  void publish_ofTheSameGenerationUnderAnotherName_isNotTornByTheFirstNamesLifeCycle() {
    Made mine = bundles.make("publish-mine", 20);
    Made theirs = bundles.make("publish-theirs", 20);
    PublishOptions shared =
        PublishOptions.defaults("publish-mine", CONFIG)
            .withIndices("publish-shared", "publish-shared-users");
    publish(mine, shared);
    publish(theirs, shared.withAlias("publish-theirs"));
    publish(bundles.make("publish-mine", 21), shared);
    publish(bundles.make("publish-mine", 22), shared);

    assertScores(
        theirs,
        theirs.model().userFactors().row(0),
        ranking("publish-shared", "publish-theirs", new SearchUser.ById("user-0")));
  }

  @Test
  void publish_toAnIndexOfOthers_countsNoItemThatItLeavesAsItIs() {
    Made made = bundles.make("publish-others", 3);
    for (int i = 0; i < TinyBundles.ITEMS; i++) {
      String path = String.format(java.util.Locale.ROOT, "/others-goods/_doc/film-%02d", i);
      Cluster.shared().call("PUT", path, "{\"name\": \"theirs\"}").expect(201);
    }

    PublishReport report =
        publish(made, options(made).withIndices("others-goods", "publish-others-users"));

    assertEquals(TinyBundles.ITEMS - TinyBundles.ITEMS / 8, report.items());
    assertEquals(0, report.itemsWithoutVector());
  }

  @Test
  void publish_ofOtherBytesUnderTheDeployedName_writesNothing() {
    Made deployed = bundles.make("publish-bytes", 8);
    publish(deployed);
    Made other =
        new TinyBundles(folder.resolve("again"))
            .make("publish-bytes", 8, Map.of("note", "the last bits are others"));
    long before = writes("publish-bytes");

    UserError error = assertThrows(UserError.class, () -> publish(other));

    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains(deployed.bundle().stored().hash()), error.getMessage());
    assertTrue(error.getMessage().contains("nothing was written"), error.getMessage());
    assertEquals(before, writes("publish-bytes"));
  }

  @Test
  void publish_withACatalogueOfTitlesAlone_leavesDescriptionsAndCategories() {
    Made made = bundles.make("publish-titles", 9);
    publish(made);
    List<CatalogueItem> titles =
        catalogue().stream()
            .map(item -> new CatalogueItem(item.id(), "a new title", "", List.of()))
            .toList();

    new Publisher(connection, options(made), Progress.none())
        .publish(made.bundle().stored(), Catalogue.of(titles));

    var film =
        Cluster.shared().call("GET", "/publish-titles/_source/film-00", "").expect(200).json();
    assertEquals("a new title", film.path("title").asString());
    assertEquals("A description.", film.path("description").asString());
    assertEquals("Drama", film.path("categories").path(0).asString());
  }

  private static long writes(String index) {
    return Cluster.shared()
        .call("GET", "/" + index + "/_stats/indexing", "")
        .expect(200)
        .json()
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /** Fields of an index's owners may end with what names a generation. */
  @Test
  void publish_overAFormerGeneration_emptiesItsFieldsAndNoneOfTheOwners() {
    Made first = bundles.make("publish-owned", 30);
    String theirs = "image_" + first.bundle().manifest().generation();
    Cluster.shared()
        .call(
            "PUT",
            "/publish-owned-goods/_doc/film-01?refresh=true",
            "{\"" + theirs + "\": \"theirs\"}")
        .expect(201);
    for (Made made :
        List.of(first, bundles.make("publish-owned", 31), bundles.make("publish-owned", 32))) {
      publish(made, options(made).withIndices("publish-owned-goods", "publish-owned-users"));
    }

    assertEquals(0, withVector("publish-owned-goods", first));
    assertEquals(
        "theirs",
        Cluster.shared()
            .call("GET", "/publish-owned-goods/_source/film-01", "")
            .expect(200)
            .json()
            .path(theirs)
            .asString());
  }

  @Test
  void publish_whenTheFieldHasOtherDims_saysBothAndMovesNoAlias() {
    Made made = bundles.make("publish-dims", 5);
    String field = "factors_" + made.bundle().manifest().generation();
    Cluster.shared()
        .call(
            "PUT",
            "/publish-dims",
            "{\"mappings\": {\"properties\": {\""
                + field
                + "\": {\"type\": \"dense_vector\", \"dims\": 3, \"index\": false}}}}")
        .expect(200);

    UserError error = assertThrows(UserError.class, () -> publish(made));

    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("a vector of 3 dims"), error.getMessage());
    assertTrue(error.getMessage().contains("rank 4"), error.getMessage());
    Cluster.shared().call("GET", "/_neural_rescore/aliases/publish-dims").expect(404);
  }

  @Test
  void publish_whenDocumentsAreRefused_countsThemAndMovesNoAlias() {
    Made made = bundles.make("publish-refused", 6);
    Cluster.shared()
        .call(
            "PUT",
            "/publish-refused",
            "{\"mappings\": {\"_meta\": {\"neural_rescore\": {}}, \"properties\":"
                + " {\"title\": {\"type\": \"integer\"}}}}")
        .expect(200);

    UserError error = assertThrows(UserError.class, () -> publish(made));

    assertEquals(UserError.Kind.CLUSTER, error.kind());
    assertTrue(
        error.getMessage().startsWith("41 of 41 documents were refused"), error.getMessage());
    assertTrue(error.getMessage().contains("[film-00]"), error.getMessage());
    assertTrue(error.getMessage().contains("[title]"), error.getMessage());
    Cluster.shared().call("GET", "/_neural_rescore/aliases/publish-refused").expect(404);
  }

  @Test
  void search_rescored_ordersByTheModelAndSaysWhy() {
    Made made = bundles.make("publish-search", 7);
    publish(made);
    Searcher searcher = new Searcher(connection, "publish-search");
    SearchQuery plain = SearchQuery.plain("space", 10);

    List<SearchHit> first = searcher.search(plain);
    List<SearchHit> second =
        searcher.search(
            plain
                .rescored(
                    new SearchQuery.Rescore(
                        "publish-search", new SearchUser.ById("user-0"), 1, 100))
                .explained());

    assertEquals(10, first.size());
    assertEquals("film-03", first.get(0).id().replace("new-film", "film-03"));
    assertTrue(first.get(0).explanation().isEmpty());
    assertEquals(10, second.size());
    assertNotEquals(ids(first), ids(second));
    for (SearchHit hit : second) {
      int item = made.model().items().row(hit.id()).orElse(7);
      double expected = made.score(made.model().userFactors().row(0), item);
      assertEquals(expected, hit.score(), TOLERANCE, hit.id());
      assertEquals(hit.score(), hit.explanation().orElseThrow().value(), 1e-6);
      assertFalse(hit.explanation().orElseThrow().details().isEmpty());
      assertTrue(hit.title().contains("space"), hit.title());
    }
  }

  @Test
  void search_withAHistory_foldsTheVisitorIn() {
    Made made = bundles.make("publish-visitor", 8);
    publish(made);
    float[] items = new float[2 * TinyBundles.RANK];
    System.arraycopy(made.model().itemFactors().row(3), 0, items, 0, TinyBundles.RANK);
    System.arraycopy(
        made.model().itemFactors().row(5), 0, items, TinyBundles.RANK, TinyBundles.RANK);
    float[] visitor = made.model().foldIn().encode(items, new float[] {2f, 1f});

    List<Scored> ranking =
        ranking(
            "publish-visitor",
            "publish-visitor",
            new SearchUser.ByHistory(List.of("film-03", "film-05"), List.of(2f, 1f)));

    assertScores(made, visitor, ranking);
    List<Float> vector = new ArrayList<>();
    for (float value : visitor) {
      vector.add(value);
    }
    assertScores(
        made,
        visitor,
        ranking("publish-visitor", "publish-visitor", new SearchUser.ByVector(vector)));
  }

  @Test
  void search_whenThereIsNoSuchModel_givesThePluginsReason() {
    publish(bundles.make("publish-nomodel", 9));

    UserError error =
        assertThrows(
            UserError.class,
            () -> ranking("publish-nomodel", "no-such-model", new SearchUser.Nobody()));

    assertEquals(UserError.Kind.CLUSTER, error.kind());
    assertTrue(error.getMessage().contains("no-such-model"), error.getMessage());
  }

  private static Set<String> ids(List<SearchHit> hits) {
    return hits.stream().map(SearchHit::id).collect(Collectors.toSet());
  }
}
