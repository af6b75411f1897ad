// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.RecentModel;
import org.neuralrescore.plugin.bundle.SmallModel;

/** With security on, everyone may do what their role says and no more. */
@Tag("distribution")
class SecurityIT {
  private static final String SUPERUSER = "root:root-password";
  private static final String ADMIN = "admin:admin-password";
  private static final String SEARCHER = "searcher:searcher-password";
  private static final String ITEMS_ONLY = "items-only:items-password";

  /** May read the vectors' field by its exact name. */
  private static final String EXACT = "exact:exact-password";

  /** May read all fields whose names begin so. */
  private static final String PREFIX = "prefix:prefix-password";

  private static final String WITHOUT_VECTORS = "blind:blind-password";

  /** May read users, but not all that is kept of them. */
  private static final String FORGETFUL = "forgetful:forgetful-password";

  private static final SmallModel model = SmallModel.of("secure", "g1", 1);
  private static Cluster cluster;
  private static Films films;

  @BeforeAll
  static void start() throws IOException {
    String roles =
        Files.readString(
            Path.of(System.getProperty("neuralrescore.root"), "es-config", "roles.yml"));
    cluster =
        Cluster.start(
            Cluster.options()
                .setting("xpack.security.enabled", "true")
                .setting("xpack.license.self_generated.type", "trial")
                .setting("xpack.security.http.ssl.enabled", "false")
                .setting("xpack.security.transport.ssl.enabled", "false")
                .configFile(
                    "roles.yml",
                    roles
                        + role("searcher", "secure", "secure-users")
                        + role("items-only", "secure")
                        + "\nblind:\n  indices:\n    - names: [ secure, secure-users ]\n"
                        + "      privileges: [ read ]\n"
                        + "      field_security: { grant: [ \"*\" ], except: [ \"factors_g1\" ] }\n"
                        + role("forgetful", "secure")
                        + "    - names: [ secure-users ]\n      privileges: [ read ]\n"
                        + "      field_security: { grant: [ \"*\" ], except: [ \"recent_*\" ] }\n"
                        + "    - names: [ secure-lengths ]\n      privileges: [ read ]\n"
                        + "      field_security: { grant: [ \"factors_g1\" ] }\n"
                        + ofFields("exact", "factors_g1")
                        + ofFields("prefix", "factors_g1*"))
                .configFile(
                    "users",
                    Passwords.line(SUPERUSER)
                        + Passwords.line(ADMIN)
                        + Passwords.line(SEARCHER)
                        + Passwords.line(ITEMS_ONLY)
                        + Passwords.line(EXACT)
                        + Passwords.line(PREFIX)
                        + Passwords.line(FORGETFUL)
                        + Passwords.line(WITHOUT_VECTORS))
                .configFile(
                    "users_roles",
                    """
                    superuser:root
                    neural_rescore_admin:admin
                    searcher:searcher
                    items-only:items-only
                    blind:blind
                    exact:exact
                    forgetful:forgetful
                    prefix:prefix
                    """)
                .credentials("root", "root-password")
                .build());
    films = Films.create(cluster, SUPERUSER, model, "secure", 2, Map.of("index", false));
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  /** A role of {@code roles.yml}: read on these indices. */
  private static String role(String name, String... indices) {
    return "\n"
        + name
        + ":\n  indices:\n    - names: [ "
        + String.join(", ", indices)
        + " ]\n      privileges: [ read ]\n";
  }

  private static String ofFields(String name, String vectors) {
    return role(name, "secure-cosine")
        + "      field_security: { grant: [ \"title\", \"year\", \""
        + vectors
        + "\" ] }\n";
  }

  private static Map<String, Object> search(Map<String, Object> user) {
    return films.search(map("model", "secure/g1", "user", user), 100);
  }

  @Test
  void search_byAUserWhoMayReadItemsAndUsersOnly_isRescored() {
    for (Map<String, Object> user :
        List.of(map("id", "user-1"), map("history", List.of("film-3", "film-4")))) {
      float[] vector =
          user.containsKey("id")
              ? films.user("user-1")
              : model.encode(List.of(films.item("film-3"), films.item("film-4")), 1, 1);
      Map<String, Double> scores = Films.scores(films.run(SEARCHER, search(user)));
      assertEquals(Films.FILMS, scores.size());
      scores.forEach(
          (id, score) -> assertEquals(model.score(vector, films.item(id)), score, 1e-5, id));
    }
  }

  @Test
  void search_byAUserWhoMayNotReadUsers_isForbiddenAsOneOfThem() {
    Cluster.Answer answer = films.run(ITEMS_ONLY, search(map("id", "user-1")));
    assertEquals(403, answer.status(), answer.json().toString());
    assertTrue(answer.error().contains("secure-users"), answer.error());
    // The same caller may search without a profile.
    Films.scores(films.run(ITEMS_ONLY, search(map("history", List.of("film-3")))));
  }

  @Test
  void search_byAUserFromWhomTheVectorsAreHidden_saysSoAndScoresNothing() {
    for (String onFailure : List.of("error", "first_pass")) {
      Map<String, Object> neural =
          map("model", "secure/g1", "user", map("vector", list(films.user("user-1"))));
      neural.put("on_failure", onFailure);
      Cluster.Answer answer = films.run(WITHOUT_VECTORS, films.search(neural, 100)).expect(403);
      assertTrue(answer.error().contains("field level security hides"), answer.error());
    }
    // The users' vectors are hidden as well: nobody is served as the default user for that.
    assertHidden(WITHOUT_VECTORS, films, "secure/g1", "factors_g1");
    // The first pass is theirs.
    assertEquals(Films.FILMS, Films.scores(films.run(WITHOUT_VECTORS, films.firstPass())).size());
  }

  @Test
  void search_byAUserFromWhomTheLengthsOfVectorsAreHidden_saysSoAndScoresNothing() {
    SmallModel cosine = SmallModel.of("secure-cosine", "g1", 1);
    Films others =
        Films.create(
            cluster,
            SUPERUSER,
            cosine,
            "secure-cosine",
            1,
            map("index", true, "similarity", "cosine"));
    Map<String, Object> search =
        others.search(
            map("model", "secure-cosine/g1", "user", map("vector", list(others.user("user-1")))),
            100);
    String error = others.run(EXACT, search).expect(403).error();
    assertTrue(error.contains("[factors_g1._magnitude], which field level security hides"), error);
    Map<String, Double> scores = Films.scores(others.run(PREFIX, search));
    assertEquals(Films.FILMS, scores.size());
    scores.forEach(
        (id, score) ->
            assertEquals(cosine.score(others.user("user-1"), others.item(id)), score, 1e-5, id));
  }

  /** By id, whatever the policy says. */
  private static void assertHidden(String who, Films where, String model, String field) {
    for (String onFailure : List.of("error", "first_pass")) {
      Map<String, Object> neural =
          map("model", model, "user", map("id", "user-1"), "on_failure", onFailure);
      String error = where.run(who, where.search(neural, 100)).expect(403).error();
      assertTrue(
          error.contains("[" + field + "]") && error.contains("field level security hides"), error);
    }
  }

  @Test
  void search_byAUserFromWhomMoreOfAUserIsHidden_isNotServedAsOneOfWhomLessIsKnown() {
    RecentModel recent = new RecentModel(SmallModel.of("secure-recent", "g1", 1));
    cluster
        .call(
            SUPERUSER,
            "PUT",
            "/secure-users/_mapping",
            Cluster.JSON.writeValueAsString(
                map(
                    "properties",
                    map(
                        recent.field(),
                        map("type", "dense_vector", "dims", SmallModel.RANK, "index", false)))))
        .expect(200);
    cluster
        .call(
            SUPERUSER,
            "POST",
            "/secure-users/_update/user-1?refresh=true",
            Cluster.JSON.writeValueAsString(
                map("doc", map(recent.field(), list(films.user("user-2"))))))
        .expect(200);
    cluster
        .call(
            SUPERUSER,
            "PUT",
            "/_neural_rescore/models/secure-recent/g1",
            SmallModel.upload(recent.files(), "secure", "secure-users"))
        .expect(201);
    Map<String, Object> byId =
        films.search(map("model", "secure-recent/g1", "user", map("id", "user-1")), 100);
    assertEquals(Films.FILMS, Films.scores(films.run(SEARCHER, byId)).size());
    assertHidden(FORGETFUL, films, "secure-recent/g1", recent.field());
    // A model that does not read it is theirs.
    assertEquals(
        Films.FILMS, Films.scores(films.run(FORGETFUL, search(map("id", "user-1")))).size());
  }

  @Test
  void search_byAUserFromWhomTheLengthsOfUsersAreHidden_isNotServedAsOneOfLengthOne() {
    SmallModel lengths = SmallModel.of("secure-lengths", "g1", 1);
    cluster
        .call(
            SUPERUSER,
            "PUT",
            "/secure-lengths",
            Cluster.JSON.writeValueAsString(
                map(
                    "mappings",
                    map(
                        "properties",
                        map(
                            lengths.field(),
                            map(
                                "type",
                                "dense_vector",
                                "dims",
                                SmallModel.RANK,
                                "similarity",
                                "cosine"))))))
        .expect(200);
    cluster
        .call(
            SUPERUSER,
            "PUT",
            "/secure-lengths/_doc/user-1?refresh=true",
            Cluster.JSON.writeValueAsString(map(lengths.field(), list(films.user("user-1")))))
        .expect(201);
    cluster
        .call(
            SUPERUSER,
            "PUT",
            "/_neural_rescore/models/secure-lengths/g1",
            SmallModel.upload(lengths.files(), "secure", "secure-lengths"))
        .expect(201);
    assertHidden(FORGETFUL, films, "secure-lengths/g1", "factors_g1._magnitude");
    Map<String, Double> scores =
        Films.scores(
            films.run(
                SUPERUSER,
                films.search(map("model", "secure-lengths/g1", "user", map("id", "user-1")), 100)));
    scores.forEach(
        (id, score) ->
            assertEquals(lengths.score(films.user("user-1"), films.item(id)), score, 1e-5, id));
  }

  @Test
  void search_ofAnUnknownModel_namesNoAliases() {
    cluster
        .call(
            ADMIN,
            "PUT",
            "/_neural_rescore/aliases/confidential",
            "{\"model\":\"secure\",\"generation\":\"g1\"}")
        .expect(200);
    Cluster.Answer answer =
        films.run(SEARCHER, films.search(map("model", "ghost"), 10)).expect(400);
    assertFalse(answer.response().body().contains("confidential"), answer.response().body());
    cluster.call(ADMIN, "DELETE", "/_neural_rescore/aliases/confidential", "").expect(200);
  }

  @Test
  void put_byASearcher_isForbidden() {
    Cluster.Answer answer = cluster.call(SEARCHER, "PUT", films.modelPath(), films.upload());
    assertEquals(403, answer.status());
    assertTrue(answer.error().contains("cluster:admin/neural_rescore/model/put"), answer.error());
    assertEquals(403, cluster.call(SEARCHER, "DELETE", films.modelPath(), "").status());
    assertEquals(
        403,
        cluster
            .call(
                SEARCHER,
                "PUT",
                "/_neural_rescore/aliases/x",
                "{\"model\":\"secure\",\"generation\":\"g1\"}")
            .status());
    assertEquals(403, cluster.call(SEARCHER, "GET", "/_neural_rescore/models", "").status());
    assertEquals(
        403, cluster.call(SEARCHER, "GET", "/.neural-rescore-models/_search", "").status());
  }

  @Test
  void admin_withTheDocumentedRole_mayDoEverythingWithModelsAndNothingElse() {
    SmallModel other = SmallModel.of("secure-admin", "g1", 3);
    String path = "/_neural_rescore/models/secure-admin/g1";
    cluster
        .call(ADMIN, "PUT", path, SmallModel.upload(other.files(), "secure", "secure-users"))
        .expect(201);
    cluster
        .call(
            ADMIN,
            "PUT",
            "/_neural_rescore/aliases/secure-live",
            "{\"model\":\"secure-admin\",\"generation\":\"g1\"}")
        .expect(200);
    cluster.call(ADMIN, "GET", "/_neural_rescore/models", "").expect(200);
    Films.scores(films.run(SEARCHER, films.search(map("model", "secure-live"), 100)));
    cluster.call(ADMIN, "DELETE", "/_neural_rescore/aliases/secure-live", "").expect(200);
    cluster.call(ADMIN, "DELETE", path, "").expect(200);
    assertEquals(403, cluster.call(ADMIN, "GET", "/secure/_search", "").status());
  }

  @Test
  void search_withoutCredentials_isUnauthorised() {
    assertEquals(401, films.run("", search(map("id", "user-1"))).status());
  }
}
