// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same interactions, whatever holds them, are the same data to the bit. */
class DataSourcesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path directory;
  private final List<String[]> rows = new ArrayList<>();
  private String sha256;

  @BeforeEach
  void plain() throws IOException {
    for (int i = 0; i < 6; i++) {
      for (int u = 0; u < 30; u++) {
        long seconds = 1_600_000_000L + i * 86_400L + u;
        rows.add(
            new String[] {
              "c" + u, "A-" + (u * 5 + i * 7) % 12, "" + (1 + (u + i) % 3), "" + seconds
            });
      }
    }
    Path plain = Files.writeString(directory.resolve("plain.csv"), csv(rows));
    sha256 = check(plain.toString()).get("sha256").asString();
  }

  private static String csv(List<String[]> rows) {
    StringBuilder text = new StringBuilder("customer,sku,qty,sold_at\n");
    rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
    return text.toString();
  }

  private static String json(List<String[]> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(
        row ->
            text.append(
                String.format(
                    "{\"customer\":{\"id\":\"%s\"},\"sku\":\"%s\",%s\"qty\":%s,\"sold_at\":%s}%n",
                    row[0], row[1], row[0].equals("c3") ? "\"note\":null," : "", row[2], row[3])));
    return text.toString();
  }

  /** What check-data says, after a training by the project that it wrote. */
  private JsonNode check(String... named) throws IOException {
    Path project = directory.resolve("project.yaml");
    List<String> arguments = new ArrayList<>(List.of("check-data"));
    arguments.addAll(List.of(named));
    arguments.addAll(List.of("--name", "shop", "--write", project.toString(), "--force", "--json"));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    if (!List.of(named).contains("-")) {
      CommandRun train = train("-p", project.toString());
      assertEquals(0, train.exitCode(), train.err());
      assertEquals(
          JSON.readTree(run.out()).get("sha256"), JSON.readTree(train.out()).at("/data/sha256"));
    }
    return JSON.readTree(run.out());
  }

  private CommandRun train(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--out", Files.createTempDirectory(directory, "m").toString()));
    arguments.addAll(List.of("--rank", "4", "--no-network", "--baselines", "none", "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static byte[] packed(String text) throws IOException {
    Path file = Files.createTempFile("packed", ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  @Test
  void severalFiles_areReadInTheirOrder() throws IOException {
    Path one = Files.writeString(directory.resolve("one.csv"), csv(rows.subList(0, 70)));
    Path two = Files.writeString(directory.resolve("two.csv"), csv(rows.subList(70, 180)));
    JsonNode told = check(one.toString(), two.toString());
    assertEquals(sha256, told.get("sha256").asString());
    assertEquals(2, told.get("files").intValue());
    for (List<String> flags :
        List.of(
            List.of("--interactions", one + "," + two),
            List.of("--interactions", one.toString(), "--interactions", two.toString()))) {
      List<String> all = new ArrayList<>(flags);
      all.addAll(List.of("--name", "shop"));
      CommandRun run = train(all.toArray(String[]::new));
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(sha256, JSON.readTree(run.out()).at("/data/sha256").asString());
    }
  }

  @Test
  void aFolderOfParts_isReadByName_withoutMarksAndEmptyParts() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("orders/day=2"));
    Files.write(folder.resolveSibling("part-0000"), packed(csv(rows.subList(0, 70))));
    Files.writeString(folder.resolve("part-0000.csv"), csv(rows.subList(70, 180)));
    Files.writeString(folder.resolve("part-0001.csv"), "");
    Files.writeString(folder.resolveSibling("_SUCCESS"), "done");
    Files.writeString(folder.resolve(".part-0000.csv.crc"), "crc");
    // By their paths: day=2 comes before part-0000, so the lines are in another order, the times
    // not.
    JsonNode told = check(folder.getParent().toString());
    assertEquals(sha256, told.get("sha256").asString());
    assertEquals(2, told.get("files").intValue());

    Path empty = Files.createDirectories(directory.resolve("empty"));
    CommandRun run = CommandRun.of("check-data", empty.toString());
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("without a file"), run.err());
  }

  @Test
  void foldersAndParts_behindLinks_areReadLikeTheirOwn() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path orders = Files.createDirectories(directory.resolve("linked"));
    Files.writeString(elsewhere.resolve("late.csv"), csv(rows.subList(70, 180)));
    Files.writeString(orders.resolve("a.csv"), csv(rows.subList(0, 70)));
    Files.createSymbolicLink(orders.resolve("b.csv"), elsewhere.resolve("late.csv"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), orders);
    for (Path folder : List.of(orders, link)) {
      JsonNode told = check(folder.toString());
      assertEquals(2, told.get("files").intValue(), folder.toString());
      assertEquals(sha256, told.get("sha256").asString(), folder.toString());
    }
    Files.createSymbolicLink(orders.resolve("round"), orders);
    CommandRun round = CommandRun.of("check-data", orders.toString());
    assertEquals(3, round.exitCode(), round.err());
    assertTrue(round.errorLine().contains("cannot be read"), round.err());
  }

  @Test
  void jsonLines_plainAndPacked_haveTheirKeysForColumns() throws IOException {
    Path plain = Files.writeString(directory.resolve("orders.jsonl"), json(rows));
    Path packed = Files.write(directory.resolve("orders.ndjson.gz"), packed(json(rows)));
    for (Path file : List.of(plain, packed)) {
      JsonNode told = check(file.toString());
      assertEquals(sha256, told.get("sha256").asString());
      assertEquals("customer.id", told.at("/columns/user").asString());
      assertEquals("qty", told.at("/columns/rating").asString());
    }
    Files.writeString(plain, json(rows) + "[1]\n");
    CommandRun run = train("--interactions", plain.toString(), "--name", "shop");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("line 181 is no JSON object"), run.err());
  }

  @Test
  void parquet_orders_goods_andAFolderOfBoth_areReadLikeText() throws Exception {
    Path shop = Path.of(getClass().getResource("/parquet/shop.parquet").toURI());
    Path goods = Path.of(getClass().getResource("/parquet/goods.parquet").toURI());
    JsonNode told = check(shop.toString(), "--items", goods.toString());
    assertEquals(sha256, told.get("sha256").asString());
    assertEquals("iso", told.get("times").asString());
    assertEquals(12, told.get("items_in_catalogue").intValue());
    String project = Files.readString(directory.resolve("project.yaml"));
    assertTrue(project.contains("categories_column: categories"), project);

    Path folder = Files.createDirectories(directory.resolve("orders"));
    Files.copy(shop, folder.resolve("part-0.snappy.parquet"));
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertEquals(sha256, check(folder.toString()).get("sha256").asString());
    Files.write(folder.resolve("part-1.parquet"), new byte[] {'P', 'A', 'R', '1', 0});
    CommandRun run = train("--interactions", folder.toString(), "--name", "shop");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("part-1.parquet: is no whole Parquet file"), run.err());
  }

  /** A cart a line: its list would be one item, and baskets would be learned. */
  @Test
  void aListOfItems_isRefused_andOneOfASingleItemIsRead() throws Exception {
    String carts = json(rows).replaceAll("\"sku\":(\"[^\"]*\")", "\"sku\":[$1]");
    Path single = Files.writeString(directory.resolve("single.jsonl"), carts);
    assertEquals(sha256, check(single.toString()).get("sha256").asString());
    Path several = directory.resolve("several.jsonl");
    Files.writeString(several, carts.replace("[\"A-0\"]", "[\"A-0\",\"A-1\"]"));
    CommandRun run = CommandRun.of("check-data", several.toString(), "--write", "never.yaml");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("column [sku] value [A-0|A-1] is a list"), run.err());
    Path goods = Path.of(getClass().getResource("/parquet/goods.parquet").toURI());
    run =
        train(
            "--interactions",
            goods.toString(),
            "--name",
            "shop",
            "--user-column",
            "ean",
            "--item-column",
            "categories");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("is a list; write a line"), run.err());
  }

  @Test
  void aListOfContexts_orOfRecords_isRefused_andOneOfNothingIsBlank() throws IOException {
    String with = json(rows).replace("\"qty\"", "\"devices\":[\"a\",\"b\"],\"qty\"");
    Path file = Files.writeString(directory.resolve("devices.jsonl"), with);
    CommandRun run =
        train("--interactions", file.toString(), "--name", "x", "--context-columns", "devices");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("column [devices] value [a|b] is a list"), run.err());
    for (String cell : List.of("[{\"sku\":\"A-0\"}]", "[[\"A-0\"]]")) {
      Files.writeString(file, json(rows).replace("\"A-0\"", cell));
      run = train("--interactions", file.toString(), "--name", "x");
      assertEquals(3, run.exitCode());
      assertTrue(run.errorLine().contains("is a list"), run.err());
    }
    Files.writeString(file, json(rows).replace("\"A-0\"", "[]"));
    run = train("--interactions", file.toString(), "--name", "x", "--skip-blank-ids");
    assertEquals(0, run.exitCode(), run.err());
  }

  /** A column with blanks is written as floats by who reads it as numbers. */
  @Test
  void idsThatBecameFloats_areTheIdsAgain() throws IOException {
    List<String[]> numbered = new ArrayList<>();
    for (String[] row : rows) {
      numbered.add(new String[] {"1234567" + row[0].substring(1), row[1], row[2], row[3]});
    }
    Path ids = Files.writeString(directory.resolve("ids.csv"), csv(numbered));
    String floats = json(numbered).replaceAll("\"id\":\"(\\d+)\"", "\"id\":$1.0");
    assertTrue(floats.contains("\"id\":12345670.0"), floats);
    Path made = Files.writeString(directory.resolve("floats.jsonl"), floats);
    assertEquals(
        check(ids.toString()).get("sha256").asString(),
        check(made.toString()).get("sha256").asString());
  }

  /** As warehouses and R write them: quotes about every field, whatever parts them. */
  @Test
  void fieldsInQuotes_areWhatIsBetweenThem_whateverPartsThem() throws IOException {
    String plain = csv(rows);
    Path unnamed = directory.resolve("unnamed.csv");
    Files.writeString(unnamed, plain.substring(plain.indexOf("\n") + 1));
    String bareSha256 = check(unnamed.toString()).get("sha256").asString();
    for (String delimiter : List.of("|", "\t", "::", ";", ",")) {
      StringBuilder quoted = new StringBuilder();
      for (String line : plain.lines().toList()) {
        quoted.append('"').append(line.replace(",", '"' + delimiter + '"')).append("\"\n");
      }
      Path file = Files.writeString(directory.resolve("quoted.txt"), quoted);
      assertEquals(sha256, check(file.toString()).get("sha256").asString(), delimiter);
      String behind = quoted.substring(quoted.indexOf("\n") + 1);
      Path bare = Files.writeString(directory.resolve("bare.txt"), behind);
      assertEquals(bareSha256, check(bare.toString()).get("sha256").asString(), delimiter);
    }
  }

  @Test
  void partsWithoutALine_firstOrPacked_areNoMistake() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("parts"));
    Files.writeString(folder.resolve("part-0.csv"), csv(List.of()));
    Files.writeString(folder.resolve("part-1.csv"), csv(rows));
    Files.write(folder.resolve("part-2.csv.gz"), packed(""));
    assertEquals(sha256, check(folder.toString()).get("sha256").asString());
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void standardInput_isLookedAtAndRead() throws IOException {
    for (String text : List.of(csv(rows), json(rows))) {
      InputStream before = System.in;
      try {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(sha256, check("-").get("sha256").asString());
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        CommandRun run = train("-p", directory.resolve("project.yaml").toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(sha256, JSON.readTree(run.out()).at("/data/sha256").asString());
      } finally {
        System.setIn(before);
      }
    }
  }

  @Test
  void errors_nameTheFileOfSeveral_andItsOwnLine() throws IOException {
    Path one = Files.writeString(directory.resolve("one.csv"), csv(rows));
    Path two =
        Files.writeString(directory.resolve("two.csv"), csv(rows.subList(0, 3)) + "c1,A-1,x,5\n");
    CommandRun run =
        train("--interactions", one + "," + two, "--name", "shop", "--rating-column", "qty");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains(two + " line 5 column [qty]"), run.err());
  }

  @Test
  void aCatalogue_mayBeJsonLines_orPacked() throws IOException {
    StringBuilder goods = new StringBuilder();
    StringBuilder table = new StringBuilder("ean,name\n");
    for (int i = 0; i < 12; i++) {
      goods.append("{\"ean\":\"A-" + i + "\",\"name\":\"Coat \\\"" + i + "\\\"\"}\n");
      table.append("A-" + i + ",\"Coat \"\"" + i + "\"\"\"\n");
    }
    Path json = Files.writeString(directory.resolve("goods.jsonl"), goods);
    Path packed = Files.write(directory.resolve("goods.csv.gz"), packed(table.toString()));
    for (Path items : List.of(json, packed)) {
      JsonNode told = check(directory.resolve("plain.csv").toString(), "--items", items.toString());
      assertEquals(12, told.get("items_in_catalogue").intValue());
    }
  }

  @Test
  void aUri_isRefusedInALine_asItWasNamed() throws IOException {
    String uri = "hdfs:///user/etl/orders.csv";
    String refusal =
        "neural-rescore: "
            + uri
            + ": is a URI, which train --engine spark reads; give the path of a file of"
            + " interactions";
    assertEquals(refusal, train("--interactions", uri, "--name", "shop").errorLine());
    assertEquals(refusal, CommandRun.of("check-data", uri, "--name", "shop").errorLine());
    // A project's paths are as seen from its folder; a URI is not.
    Path project = directory.resolve("far.yaml");
    Files.writeString(project, "name: shop\ninteractions: [\"" + uri + "\", plain.csv]\n");
    assertEquals(refusal, train("-p", project.toString()).errorLine());
    Files.writeString(project, "name: shop\ninteractions: plain.csv, nowhere.csv\n");
    assertEquals(
        "neural-rescore: "
            + directory.resolve("nowhere.csv")
            + ": no such file; give the path of a"
            + " file of interactions",
        train("-p", project.toString()).errorLine());
  }
}
