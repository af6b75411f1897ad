// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Indices that people have already: interactions are read from one, another gets vectors. */
class OwnIndexIT {
  private static final int ITEMS = 12;
  private static final int MISSING = 2;

  @TempDir Path folder;

  private static TrainerRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", Cluster.shared().baseUri().toString()));
    return TrainerRun.of(all);
  }

  private static void put(String path, String body) {
    int status = Cluster.shared().call("PUT", path, body).status();
    assertTrue(status == 200 || status == 201, path + " " + status);
  }

  private static JsonNode get(String path) {
    return Cluster.shared().call("GET", path, "").expect(200).json();
  }

  @Test
  void publish_intoAnIndexThatIsThere_givesItsDocumentsVectorsAndNothingElse() throws IOException {
    String mapping =
        "{\"mappings\": {\"dynamic\": \"strict\", \"properties\": {\"name\": {\"type\": \"text\"},"
            // Named as ours are, and theirs all the same.
            + " \"item_id\": {\"type\": \"keyword\"}, \"title\": {\"type\": \"text\"}}}}";
    put("/own-goods", mapping);
    put("/own-others", mapping);
    for (int i = 0; i < ITEMS - MISSING; i++) {
      put("/own-goods/_doc/A-" + i, "{\"name\": \"thing number " + i + "\"}");
    }
    put("/own-goods/_doc/new", "{\"name\": \"thing that nobody has touched\"}");
    put("/own-others/_doc/x?refresh=true", "{\"name\": \"of another shop\"}");
    put(
        "/own-orders",
        "{\"mappings\": {\"properties\": {\"user_id\": {\"type\": \"keyword\"},"
            + " \"item_id\": {\"type\": \"keyword\"}, \"timestamp\": {\"type\": \"date\"}}}}");
    int n = 0;
    for (int u = 0; u < 15; u++) {
      for (int i = 0; i < 5; i++) {
        put(
            "/own-orders/_doc/" + n++ + "?refresh=" + (n == 75),
            String.format(
                Locale.ROOT,
                "{\"user_id\": \"u%d\", \"item_id\": \"A-%d\", \"timestamp\": %d}",
                u,
                (u * 5 + i * 7) % ITEMS,
                1_600_000_000_000L + u * 1000L + i));
      }
    }
    TrainerRun trained =
        run(
            "train",
            "--from-index",
            "own-orders",
            "--name",
            "own",
            "--out",
            folder.toString(),
            "--rank",
            "3",
            "--no-network",
            "--baselines",
            "none");
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.out().contains("75 interactions of 15 users"), trained.out());
    String bundle = folder.resolve("own").toString();
    // Where the project file says which cluster, and --url, which asks for the search, is not
    // given.
    Path project =
        Files.writeString(
            folder.resolve("own.yaml"), "url: " + Cluster.shared().baseUri() + "\nname: own\n");
    TrainerRun evaluated =
        TrainerRun.of(
            "evaluate",
            bundle,
            "-p",
            project.toString(),
            "--from-index",
            "own-orders",
            "--baselines",
            "none",
            "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertTrue(evaluated.json().get("same_data_and_protocol").booleanValue(), evaluated.out());
    assertFalse(evaluated.json().has("served"), evaluated.out());
    String config = Path.of(System.getProperty("neuralrescore.root"), "es-config").toString();

    TrainerRun published =
        run(
            "publish",
            bundle,
            "--items-index",
            "own-goods",
            "--users-index",
            "own-users",
            "--alias",
            "own",
            "--config",
            config,
            "--anyway");
    assertEquals(0, published.code(), published.err());
    assertTrue(published.err().contains("none of " + MISSING), published.err());
    assertEquals(ITEMS - MISSING + 1, get("/own-goods/_count").get("count").intValue());
    JsonNode mappings = get("/own-goods/_mapping").at("/own-goods/mappings");
    assertEquals("strict", mappings.get("dynamic").asString());
    List<String> fields = new ArrayList<>(mappings.get("properties").propertyNames());
    fields.removeIf(field -> field.matches("(factors|neighbours|ordinal)_.*"));
    assertEquals(List.of("item_id", "name", "title"), fields.stream().sorted().toList());
    assertFalse(get("/own-goods/_doc/A-1").get("_source").has("title"));
    // As the cluster has it where nothing says otherwise.
    assertEquals(
        "1",
        get("/own-users/_settings").at("/own-users/settings/index/number_of_replicas").asString());

    // Of the bundle's items, those that are there.
    assertTrue(
        published.out().contains((ITEMS - MISSING) + " items in [own-goods] (0 without"),
        published.out());
    // One name for it in the project file, whatever the command.
    Files.writeString(
        project,
        Files.readString(project) + "items_index: own-goods\nusers_index: own-users\nalias: own\n");
    TrainerRun untold = TrainerRun.of("search", "-p", project.toString(), "thing");
    assertEquals(0, untold.code(), untold.err());
    assertTrue(untold.out().contains("nothing found in title^3"), untold.out());
    assertTrue(untold.out().contains("--fields"), untold.out());
    TrainerRun told =
        TrainerRun.of("search", "-p", project.toString(), "--fields", "name", "number");
    assertEquals(0, told.code(), told.err());
    assertTrue(told.out().contains("thing number"), told.out());
    for (String user : List.of("u1", "stranger")) {
      TrainerRun asked =
          TrainerRun.of(
              "search", "-p", project.toString(), "--fields", "name", "--user", user, "number");
      assertEquals(0, asked.code(), asked.err());
      assertEquals(
          user.equals("stranger"), asked.err().contains("is not in [own-users]"), asked.err());
    }

    // A view that matches nothing is no perfect ranking.
    int aliased =
        Cluster.shared()
            .call(
                "POST",
                "/_aliases",
                "{\"actions\": [{\"add\": {\"index\": \"own-goods\", \"alias\": \"own-nothing\","
                    + " \"filter\": {\"term\": {\"name\": \"nowhere\"}}}}]}")
            .status();
    assertEquals(200, aliased);
    // An index of one's own has documents that no interaction names, and not all that are named.
    TrainerRun asked =
        run(
            "evaluate",
            bundle,
            "--index",
            "own-goods",
            "--from-index",
            "own-orders",
            "--baselines",
            "none",
            "--json");
    assertEquals(0, asked.code(), asked.err());
    assertTrue(asked.err().contains(MISSING + " of the data's " + ITEMS), asked.err());
    JsonNode served = asked.json();
    assertEquals(MISSING, served.get("items_not_there").intValue(), asked.out());
    assertEquals(0, served.get("rank_mismatches").intValue(), asked.out());
    // Whole lists of what is there and was not bought.
    assertTrue(served.get("hits_compared").intValue() >= 15 * (ITEMS - MISSING - 4), asked.out());

    TrainerRun nothing =
        run(
            "evaluate",
            bundle,
            "--index",
            "own-nothing",
            "--from-index",
            "own-orders",
            "--baselines",
            "none");
    assertEquals(6, nothing.code(), nothing.err());
    assertTrue(nothing.err().contains("none of the data's " + ITEMS), nothing.err());

    TrainerRun found =
        run(
            "search",
            "--model",
            "own",
            "--index",
            "own-goods",
            "--fields",
            "name",
            "--history",
            "A-1,A-2",
            "--exclude-seen",
            "--size",
            "20",
            "thing");
    assertEquals(0, found.code(), found.err());
    assertEquals(ITEMS - MISSING + 1 - 2, found.out().lines().count(), found.out());
    assertTrue(found.out().contains("thing number 3  [A-3]"), found.out());
    assertFalse(found.out().contains("[A-1]"), found.out());

    TrainerRun stranger =
        run(
            "publish",
            bundle,
            "--items-index",
            "own-others",
            "--users-index",
            "own-users",
            "--alias",
            "own",
            "--config",
            config,
            "--anyway");
    assertEquals(6, stranger.code(), stranger.err());
    assertTrue(stranger.err().contains("by their _id"), stranger.err());

    TrainerRun untitled =
        run(
            "publish",
            bundle,
            "--items-index",
            "own-untitled",
            "--users-index",
            "own-untitled-users",
            "--alias",
            "own",
            "--config",
            config,
            "--anyway");
    assertEquals(0, untitled.code(), untitled.err());
    assertTrue(untitled.err().contains(ITEMS + " items are in no catalogue"), untitled.err());
  }
}
