// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small files of different make, and the project files that come of them. */
class CheckDataCommandTest {
  private static final int USERS = 30;
  private static final int EACH = 6;
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

  @TempDir Path directory;

  /**
   * A file of the same orders.
   *
   * @param name of the file
   * @param head its first line, or empty
   * @param line with U, I, Q for user, item and quantity and S, M, X, D, N, F for the time in
   *     seconds, milliseconds, microseconds, digits, ISO and a fraction
   * @param user what the user column is called, and so on
   */
  record Make(
      String name, String head, String line, String user, String item, String rating, String time) {
    @Override
    public String toString() {
      return name;
    }

    String text() {
      StringBuilder text = new StringBuilder(head.isEmpty() ? "" : head + "\n");
      for (int u = 0; u < USERS; u++) {
        for (int i = 0; i < EACH; i++) {
          long seconds = 1_577_880_000L + 86_400L * (i * 5 + u % 7) + u;
          LocalDateTime at = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
          text.append(
                  line.replace("{U}", String.valueOf(7001 + u * 13))
                      .replace("{I}", "A-" + (100 + (u * 5 + i * 7) % 12))
                      .replace("{Q}", String.valueOf(1 + (u + i) % 3))
                      .replace("{S}", String.valueOf(seconds))
                      .replace("{M}", String.valueOf(seconds * 1000))
                      .replace("{X}", String.valueOf(seconds * 1_000_000))
                      .replace("{D}", DIGITS.format(at))
                      .replace("{N}", Instant.ofEpochSecond(seconds).toString())
                      .replace("{F}", seconds + ".5")
                      .replace("{O}", String.valueOf(500_000 + u * EACH + i)))
              .append('\n');
        }
      }
      return text.toString();
    }
  }

  static Stream<Make> makes() {
    return Stream.of(
        new Make(
            "a.tsv", "customer\tsku\tsold_at", "{U}\t{I}\t{S}", "customer", "sku", "", "sold_at"),
        new Make(
            "b.csv",
            "\uFEFForder_id;customer_no;article;menge;datum",
            "{O};{U};{I};{Q};{N}",
            "customer_no",
            "article",
            "menge",
            "datum"),
        new Make("c.txt", "", "{U}|{I}|{M}", "column1", "column2", "", "column3"),
        new Make("d.csv", "", "{U},{I},{Q},{S}", "column1", "column2", "column3", "column4"),
        new Make(
            "e.csv",
            "\"event time\",\"product id\",\"user id\"",
            "\"{N}\",\"{I}\",\"{U}\"",
            "user id",
            "product id",
            "",
            "event time"),
        new Make(
            "f.dat2", "visitorid::itemid::ts", "{U}::{I}::{X}", "visitorid", "itemid", "", "ts"),
        new Make(
            "g.csv",
            "day,member,isbn,stars",
            "{D},{U},{I},{Q}.5",
            "member",
            "isbn",
            "stars",
            "day"),
        new Make("h.csv.gz", "user_id,item_id", "{U},{I}", "user_id", "item_id", "", ""),
        new Make("i.csv", "xa,xb,when", "{U},{I},{F}", "xa", "xb", "", "when"),
        new Make(
            "j.tsv",
            "Country\tStockCode\tCustomerID\tQuantity\tUnitPrice\tInvoiceDate",
            "FR\t{I}\t{U}\t{Q}\t3.25\t{N}",
            "CustomerID",
            "StockCode",
            "Quantity",
            "InvoiceDate"));
  }

  @ParameterizedTest
  @MethodSource("makes")
  void checkData_understandsTheFile_andTrainReadsTheProject(Make make) throws IOException {
    Path file = directory.resolve(make.name());
    byte[] bytes = make.text().getBytes(StandardCharsets.UTF_8);
    if (make.name().endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(bytes);
      }
    } else {
      Files.write(file, bytes);
    }
    Path project = directory.resolve("shop.yaml");
    CommandRun run = check(file, project, "--name", "shop", "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode told = new JsonMapper().readTree(run.out());
    assertEquals(make.user(), told.at("/columns/user").asString());
    assertEquals(make.item(), told.at("/columns/item").asString());
    assertEquals(make.rating(), told.at("/columns/rating").asString(""));
    assertEquals(make.time(), told.at("/columns/time").asString(""));
    assertEquals(!make.head().isEmpty(), told.get("header").booleanValue());
    assertEquals(USERS, told.get("users").intValue());
    assertEquals(12, told.get("items").intValue());
    assertEquals("7001", told.get("largest_user_id").asString());
    double shares = 0;
    for (JsonNode share : told.get("rating_shares")) {
      shares += share.doubleValue();
    }
    assertEquals(1, shares, 1e-9);
    if (!make.time().isEmpty()) {
      assertTrue(told.get("first").asString().startsWith("2020-01-01"), told.toString());
    }

    CommandRun train =
        CommandRun.of(
            "train",
            "-p",
            project.toString(),
            "--rank",
            "4",
            "--no-network",
            "--baselines",
            "none",
            "--json");
    assertEquals(0, train.exitCode(), train.err());
    JsonNode trained = new JsonMapper().readTree(train.out());
    assertEquals(told.get("sha256"), trained.at("/data/sha256"));
    assertTrue(
        trained
            .get("bundle")
            .asString()
            .startsWith(directory.resolve("onnx-models/shop").toString()),
        trained.toString());
  }

  private static CommandRun check(Path file, Path project, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("check-data", file.toString(), "--write", project.toString()),
                Stream.of(more))
            .toList();
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private CommandRun train(Path interactions, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--interactions", interactions.toString()));
    arguments.addAll(List.of("--name", "shop", "--out", directory.resolve("m").toString()));
    arguments.addAll(List.of("--rank", "4", "--no-network", "--baselines", "none"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private Path orders() throws IOException {
    return Files.writeString(
        directory.resolve("orders.tsv"), makes().findFirst().orElseThrow().text());
  }

  /** Numbers from 1 are items by chance, and a supplier's name is longer than the thing's. */
  @Test
  void checkData_ofNumbersForIds_takesWhatTellsItemsApart_andTheItemsOwnName() throws IOException {
    StringBuilder orders = new StringBuilder("customer,product,at\n");
    for (int u = 0; u < 30; u++) {
      for (int n = 0; n < 6; n++) {
        orders.append('c').append(u).append(',').append(1 + (u * 5 + n * 7) % 40);
        orders.append(",").append(1_600_000_000 + n * 86_400 + u).append('\n');
      }
    }
    StringBuilder goods = new StringBuilder("category_id^id^supplier_name^name\n");
    for (int item = 1; item <= 60; item++) {
      goods.append(1 + item % 8).append('^').append(item).append("^Acme International Limited");
      goods.append("^Mug ").append(item).append('\n');
    }
    Path items = Files.writeString(directory.resolve("goods.txt"), goods);
    Path project = directory.resolve("shop.yaml");
    CommandRun run =
        check(
            Files.writeString(directory.resolve("orders.csv"), orders),
            project,
            "--items",
            items.toString(),
            "--items-delimiter",
            "^");
    assertEquals(0, run.exitCode(), run.err());
    String text = Files.readString(project);
    for (String line : List.of("id_column: id", "title_column: name")) {
      assertTrue(text.contains(line + "\n"), text);
    }
  }

  /** Ranks from 1 are ids from 1 by chance, in another order; the columns taken are told. */
  @Test
  void catalogue_columnsThatWereTaken_areTold_andOfEqualsTheOneCalledId() throws IOException {
    StringBuilder goods = new StringBuilder("rank,id,name\n");
    for (int item = 1; item <= 12; item++) {
      goods.append(13 - item).append(',').append(item).append(",Mug ").append(item).append('\n');
    }
    Path items = Files.writeString(directory.resolve("goods.csv"), goods);
    Path orders = orders();
    String text = Files.readString(orders);
    for (int item = 1; item <= 12; item++) {
      text = text.replace("A-" + (99 + item) + "\t", item + "\t");
    }
    Files.writeString(orders, text);
    Path project = directory.resolve("shop.yaml");
    CommandRun run = check(orders, project, "--items", items.toString(), "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode columns = new JsonMapper().readTree(run.out()).get("catalogue_columns");
    assertEquals("id", columns.get("id").asString());
    assertEquals("name", columns.get("title").asString());
    String told = "goods.csv: by its content the id is [id], the title is [name]";
    run = check(orders, project, "--items", items.toString(), "--force");
    assertTrue(run.out().contains(told), run.out());
    run = train(orders, "--items", items.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue((run.out() + run.err()).contains(told), run.out() + run.err());
  }

  /** Old goods come first, and nobody touches them any more. */
  @Test
  void checkData_ofALongCatalogue_looksFurtherThanItsFirstRows() throws IOException {
    StringBuilder goods = new StringBuilder("year;id;name\n");
    for (int item = 1; item <= 3_000; item++) {
      goods.append("1994;S-").append(item).append(";Mug \n");
    }
    StringBuilder orders = new StringBuilder("customer,product,at\n");
    for (int u = 0; u < 30; u++) {
      for (int n = 0; n < 6; n++) {
        orders.append('c').append(u).append(",S-").append(2_900 + (u * 5 + n * 7) % 40);
        orders.append(",").append(1_600_000_000 + n * 86_400 + u).append('\n');
      }
    }
    Path items = Files.writeString(directory.resolve("goods.csv"), goods);
    Path project = directory.resolve("shop.yaml");
    Path file = Files.writeString(directory.resolve("orders.csv"), orders);
    CommandRun run = check(file, project, "--items", items.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Files.readString(project).contains("id_column: id\n"));
    Files.writeString(items, goods.substring(0, goods.indexOf("1994;S-2900")));
    run = check(file, project, "--items", items.toString(), "--force");
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("no column of the catalogue has any"), run.err());
  }

  @Test
  void checkData_joinsACatalogueByItsContent() throws IOException {
    StringBuilder goods = new StringBuilder("no;ean;name;about;kind\n");
    for (int i = 0; i < 14; i++) {
      goods.append(i).append(";A-").append(100 + i).append(";\"Coat; number ").append(i);
      goods.append(
          "\";A long text that says in many words what this coat is made of, and why.;warm\n");
    }
    Path items = Files.writeString(directory.resolve("goods.csv"), goods);
    Path project = directory.resolve("shop.yaml");
    CommandRun run = check(orders(), project, "--items", items.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("catalogue: 14 items; it has 12 of the 12"), run.out());
    String text = Files.readString(project);
    for (String line :
        List.of(
            "items: goods.csv",
            "items_delimiter: \";\"",
            "id_column: ean",
            "title_column: name",
            "description_column: about",
            "categories_column: kind")) {
      assertTrue(text.contains(line + "\n"), text);
    }
  }

  @Test
  void checkData_usersOfOneItem_areDoubted() throws IOException {
    StringBuilder lines = new StringBuilder("session,sku\n");
    for (int i = 0; i < 40; i++) {
      lines.append("s").append(i).append(",A-").append(i % 6).append('\n');
    }
    Path file = Files.writeString(directory.resolve("sessions.csv"), lines);
    CommandRun run = check(file, directory.resolve("s.yaml"));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("look at it: no user has 3 items"), run.out());
  }

  @Test
  void checkData_returns_areCounted() throws IOException {
    Path file = orders();
    Files.writeString(
        file,
        Files.readString(file)
            .replace("sold_at", "sold_at\tqty")
            .replaceAll("(\\d{10})\n", "$1\t1\n")
            .replaceFirst("\t1\n", "\t-1\n"));
    CommandRun run = check(file, directory.resolve("shop.yaml"));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("1 below the threshold left out"), run.out());
  }

  @Test
  void checkData_neverWritesOverAFile_unlessForced() throws IOException {
    Path project = Files.writeString(directory.resolve("shop.yaml"), "mine: 1\n");
    CommandRun run = check(orders(), project);
    assertEquals(4, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("--force"), run.err());
    assertEquals("mine: 1\n", Files.readString(project));
    assertEquals(0, check(orders(), project, "--force").exitCode());
  }

  @Test
  void project_flagsWinOverIt_andWhatIsNoFlagIsRefused() throws IOException {
    Path project = directory.resolve("shop.yaml");
    assertEquals(0, check(orders(), project, "--name", "shop").exitCode());
    Files.writeString(
        project, Files.readString(project) + "rank: 4\nno_network: true\nbaselines: none\n");
    CommandRun run = CommandRun.of("train", "-p", project.toString(), "--name", "other", "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("onnx-models/other/"), run.out());
    CommandRun evaluated = CommandRun.of("evaluate", "-p", project.toString(), "--name", "x");
    assertEquals(2, evaluated.exitCode());
    assertEquals(0, CommandRun.of("train", "-p", project.toString()).exitCode());
    CommandRun bundle = CommandRun.of("evaluate", "-p", project.toString());
    assertEquals(0, bundle.exitCode(), bundle.err());

    Files.writeString(project, "user_colum: customer\n");
    CommandRun unknown = CommandRun.of("train", "-p", project.toString());
    assertEquals(3, unknown.exitCode(), unknown.err());
    assertTrue(unknown.errorLine().contains("[user_colum] is no flag"), unknown.err());
    for (String once : List.of("json", "help", "version", "project")) {
      Files.writeString(project, "name: shop\n" + once + ": true\n");
      CommandRun refused = CommandRun.of("train", "-p", project.toString());
      assertEquals(3, refused.exitCode(), refused.err());
      assertTrue(refused.errorLine().contains("[" + once + "] is no property"), refused.err());
    }
    Files.writeString(project, "name: [a\n");
    CommandRun broken = CommandRun.of("train", "-p", project.toString());
    assertEquals(3, broken.exitCode(), broken.err());
    assertTrue(broken.errorLine().contains("is no YAML"), broken.err());
    assertEquals(3, CommandRun.of("train", "-p", "nowhere.yaml").exitCode());
  }

  @Test
  void train_withoutColumnFlags_findsThem_andSaysSo() throws IOException {
    CommandRun run = train(orders());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("the user is [customer]"), run.err());
    assertFalse(run.err().contains("by its place"), run.err());
  }
}
