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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;

/**
 * The roles of {@code es-config/roles.yml} are enough for the commands that the pages show, over
 * https, and for no more.
 */
@Tag("distribution")
class RolesIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final String SUPERUSER = "root:root-password";
  private static final String PUBLISHER = "publisher:publisher-password";
  private static final String SEARCHER = "searcher:searcher-password";
  private static final String MONITOR = "monitor:monitor-password";

  @TempDir static Path folder;
  private static Cluster cluster;
  private static Path certificate;

  @BeforeAll
  static void start() throws IOException {
    Certificate made = Certificate.make(folder);
    certificate = Files.writeString(folder.resolve("ca.pem"), made.pem());
    cluster =
        Cluster.start(
            Cluster.options()
                .setting("xpack.security.enabled", "true")
                .setting("neural_rescore.upload.grace", "24s")
                .setting("xpack.security.transport.ssl.enabled", "false")
                .setting("xpack.security.http.ssl.enabled", "true")
                .setting("xpack.security.http.ssl.certificate", "http.crt")
                .setting("xpack.security.http.ssl.key", "http.key")
                .configFile("http.crt", made.pem())
                .configFile("http.key", made.key())
                .configFile("roles.yml", Files.readString(ROOT.resolve("es-config/roles.yml")))
                .configFile(
                    "users",
                    Passwords.line(SUPERUSER)
                        + Passwords.line(PUBLISHER)
                        + Passwords.line(SEARCHER)
                        + Passwords.line(MONITOR))
                .configFile(
                    "users_roles",
                    """
                    superuser:root
                    neural_rescore_admin:publisher
                    neural_rescore_publisher:publisher
                    neural_rescore_searcher:searcher
                    neural_rescore_monitor:monitor
                    """)
                .credentials("root", "root-password"),
            made.tls());
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(120, 80, 5));
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  private static TrainerRun run(String... args) {
    return TrainerRun.of(args);
  }

  /** A command at the cluster as a user, whose password is in a file. */
  private static TrainerRun as(String user, String... args) throws IOException {
    String[] login = user.split(":", 2);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--url", cluster.baseUri().toString(), "--ca-certs", certificate.toString()));
    all.addAll(
        List.of(
            "--login",
            login[0],
            "--password",
            Files.writeString(folder.resolve(login[0]), login[1] + "\n").toString()));
    return run(all.toArray(String[]::new));
  }

  @Test
  void roles_areEnoughForTheCommandsOfThePagesAndNoMore() throws IOException {
    String data = folder.resolve("data").toString();
    String models = folder.resolve("models").toString();
    run(
            "train",
            "--data",
            data,
            "--name",
            "films",
            "--out",
            models,
            "--rank",
            "4",
            "--no-network",
            "--baselines",
            "none")
        .expect(0);
    String bundle = folder.resolve("models/films").toString();
    String config = ROOT.resolve("es-config").toString();

    TrainerRun refused =
        as(SEARCHER, "publish", bundle, "--data", data, "--config", config, "--anyway").expect(5);
    assertTrue(refused.err().contains("403"), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());

    as(PUBLISHER, "publish", bundle, "--data", data, "--config", config, "--anyway").expect(0);
    TrainerRun found = as(SEARCHER, "search", "--model", "films", "--user", "1", "the").expect(0);
    assertTrue(found.out().lines().count() > 1, found.out());
    as(SEARCHER, "evaluate", bundle, "--data", data, "--baselines", "none").expect(0);
    // Again, and a rollback's move of the alias: what a publication may do it may do twice.
    as(PUBLISHER, "publish", bundle, "--data", data, "--config", config, "--anyway").expect(0);

    cluster.call(MONITOR, "GET", "/_neural_rescore/models", "").expect(200);
    cluster.call(MONITOR, "DELETE", "/_neural_rescore/aliases/films", "").expect(403);
    cluster.call(MONITOR, "POST", "/_neural_rescore/_recover", "").expect(403);
    cluster.call(PUBLISHER, "POST", "/_neural_rescore/_recover", "").expect(200);
    cluster.call(SEARCHER, "GET", "/_neural_rescore/aliases", "").expect(403);
    cluster.call(SEARCHER, "PUT", "/films/_doc/1", "{}").expect(403);
    cluster.call(PUBLISHER, "DELETE", "/films", "").expect(403);
    cluster.call(PUBLISHER, "GET", "/.neural-rescore-models/_search", "").expect(403);
    cluster.call(PUBLISHER, "PUT", "/other", "").expect(403);
  }

  /** The first page's five commands, on files of one's own and a project file that has it all. */
  @Test
  void ownData_fromFilesToAnEvaluatedSearch_withTheRolesAndNoMore() throws IOException {
    StringBuilder orders = new StringBuilder("customer\tsku\tsold_at\n");
    for (String line :
        Files.readAllLines(folder.resolve("data/ratings.csv")).stream().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      orders.append(fields[0] + "\t" + fields[1] + "\t" + fields[3] + "\n");
    }
    StringBuilder goods = new StringBuilder("sku,name\n");
    for (String line :
        Files.readAllLines(folder.resolve("data/movies.csv")).stream().skip(1).toList()) {
      String id = line.substring(0, line.indexOf(','));
      goods.append(id + ",Thing number " + id + "\n");
    }
    Path file = Files.writeString(folder.resolve("orders.tsv"), orders);
    Path items = Files.writeString(folder.resolve("goods.csv"), goods);
    Path project = folder.resolve("shop.yaml");
    run(
            "check-data",
            file.toString(),
            "--items",
            items.toString(),
            "--name",
            "films",
            "--url",
            cluster.baseUri().toString(),
            "--write",
            project.toString())
        .expect(0);
    Files.writeString(
        project,
        Files.readString(project)
            + "rank: 4\nno_network: true\nbaselines: none\nanyway: true\nca_certs: ca.pem\nconfig: "
            + ROOT.resolve("es-config")
            + "\n");
    Path publisher = login(project, PUBLISHER);
    Path searcher = login(project, SEARCHER);
    run("train", "-p", searcher.toString()).expect(0);
    run("publish", "-p", searcher.toString()).expect(5);
    run("publish", "-p", publisher.toString()).expect(0);
    TrainerRun found = run("search", "-p", searcher.toString(), "--user", "1", "thing").expect(0);
    assertTrue(found.out().contains("Thing number"), found.out());
    TrainerRun unseen =
        run("search", "-p", searcher.toString(), "--user", "1", "--exclude-seen", "--size", "100")
            .expect(0);
    for (String line : orders.toString().lines().filter(l -> l.startsWith("1\t")).toList()) {
      String id = line.split("\t", -1)[1];
      assertFalse(unseen.out().contains("[" + id + "]"), id + unseen.out());
    }
    run("evaluate", "-p", searcher.toString(), "--url").expect(0);
  }

  private static Path login(Path project, String user) throws IOException {
    String[] login = user.split(":", 2);
    Files.writeString(folder.resolve(login[0]), login[1] + "\n");
    return Files.writeString(
        folder.resolve(login[0] + ".yaml"),
        Files.readString(project) + "login: " + login[0] + "\npassword: " + login[0] + "\n");
  }

  @Test
  void sweep_withSecurityOn_takesAwayWhatNobodyNames() throws Exception {
    String orphan = "/.neural-rescore-models/_doc/" + "0".repeat(32) + "-0-scorer.onnx";
    cluster
        .call(SUPERUSER, "PUT", orphan, "{\"model\": \"gone/g1\", \"file\": \"scorer.onnx\"}")
        .expect(201);
    int status = 200;
    for (int second = 0; second < 180 && status == 200; second++) {
      Thread.sleep(1_000);
      status = cluster.call(SUPERUSER, "GET", orphan, "").status();
    }
    assertEquals(404, status, cluster.log(20));
  }

  @Test
  void connection_saysWhatIsWrongWithIt() throws IOException {
    String url = cluster.baseUri().toString();
    TrainerRun untrusted = run("search", "--model", "films", "--url", url, "the").expect(5);
    assertTrue(untrusted.err().contains("--ca-certs"), untrusted.err());
    assertEquals(1, untrusted.err().lines().count(), untrusted.err());
    TrainerRun wrong = as("searcher:not-it", "search", "--model", "films", "the").expect(5);
    assertTrue(wrong.err().contains("does not take this login"), wrong.err());
    TrainerRun plain =
        run("search", "--model", "films", "--url", url.replace("https", "http"), "the").expect(5);
    assertEquals(1, plain.err().lines().count(), plain.err());
    assertTrue(plain.err().contains("write https://"), plain.err());
    TrainerRun otherName =
        run(
                "search",
                "--model",
                "films",
                "--url",
                url.replace("127.0.0.1", "localhost"),
                "--ca-certs",
                certificate.toString(),
                "the")
            .expect(5);
    assertTrue(otherName.err().contains("as its certificate does"), otherName.err());
    TrainerRun noCertificates =
        run(
                "search",
                "--model",
                "films",
                "--url",
                url,
                "--ca-certs",
                Files.writeString(folder.resolve("empty.pem"), "").toString(),
                "the")
            .expect(3);
    assertTrue(noCertificates.err().contains("PEM"), noCertificates.err());
    run("search", "--model", "films", "--url", url, "--insecure", "--ca-certs", "x", "the")
        .expect(2);
    TrainerRun insecure =
        run("search", "--model", "films", "--url", url, "--insecure", "the").expect(5);
    assertTrue(insecure.err().contains("does not take this login"), insecure.err());
  }
}
