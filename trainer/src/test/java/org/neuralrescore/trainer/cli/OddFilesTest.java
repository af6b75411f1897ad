// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files as other programs leave them: what can be read is, and of the rest one line tells why. */
class OddFilesTest {
  private static final String HEAD = "who,what,when";

  @TempDir Path directory;

  /**
   * Customers and goods whose names hint at nothing, "c0,A 0,2020-01-01 00:00:00 UTC" and so on.
   */
  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < 20; user++) {
      for (int i = 0; i < 5; i++) {
        lines.add(
            String.format(
                Locale.ROOT,
                "c%d,A %d,2020-01-%02d 00:%02d:00 UTC",
                user,
                (user * 5 + i * 7) % 12,
                1 + i,
                user));
      }
    }
    return lines;
  }

  private Path file(String name, String head, List<String> lines) throws IOException {
    return Files.writeString(
        directory.resolve(name), (head.isEmpty() ? "" : head + "\n") + String.join("\n", lines));
  }

  private CommandRun check(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("check-data", file.toString()));
    arguments.addAll(List.of("--write", directory.resolve("p.yaml").toString(), "--force"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private JsonNode told(Path file, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--json");
    CommandRun run = check(file, all.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return new JsonMapper().readTree(run.out());
  }

  private void assertPlain(JsonNode told) {
    assertEquals(20, told.get("users").intValue(), told.toString());
    assertEquals(12, told.get("items").intValue(), told.toString());
    assertEquals("2020-01-01T00:00:00Z", told.get("first").asString());
  }

  private CommandRun train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--rank", "4", "--no-network"));
    arguments.addAll(List.of("--factors", "implicit-als", "--baselines", "none", "--json"));
    arguments.addAll(List.of("--out", directory.resolve("models").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aColumnWithoutAName_isNoReasonToTakeTheHeaderForData() throws IOException {
    List<String> numbered = new ArrayList<>();
    for (String line : lines()) {
      numbered.add(numbered.size() + "," + line);
    }
    for (Path file :
        List.of(
            // As pandas writes a frame with its index.
            file("index.csv", "," + HEAD, numbered),
            file("end.csv", HEAD + ",", lines().stream().map(line -> line + ",").toList()))) {
      JsonNode told = told(file);
      assertTrue(told.get("header").booleanValue(), told.toString());
      assertPlain(told);
    }
    assertEquals(0, train("-p", directory.resolve("p.yaml").toString(), "--name", "x").exitCode());
  }

  @Test
  void aFirstLineWhoseValuesAreThereAgain_isData_whateverItsWords() throws IOException {
    List<String> pairs = new ArrayList<>();
    for (String line : lines()) {
      pairs.add(line.replace("A ", "Book ").replaceAll(",2020.*", ""));
    }
    JsonNode told = told(file("pairs.csv", "", pairs));
    assertFalse(told.get("header").booleanValue(), told.toString());
    assertEquals(100, told.get("interactions").intValue());
    // Neither names nor content say who is who, so their places do, and a person should look.
    assertEquals("column1", told.at("/columns/user").asString());
    assertTrue(told.get("look_at").toString().contains("by their places alone"), told.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"^", " "})
  void aDelimiterThatIsNamed_isTakenForIt(String delimiter) throws IOException {
    List<String> parted =
        lines().stream()
            .map(line -> line.replace(" ", "").replaceAll("..:.*", "").replace(",", delimiter))
            .toList();
    Path file = file("odd.txt", HEAD.replace(",", delimiter), parted);
    CommandRun unsaid = check(file);
    assertEquals(3, unsaid.exitCode(), unsaid.out());
    assertTrue(unsaid.errorLine().contains("--delimiter"), unsaid.err());
    assertPlain(told(file, "--delimiter", delimiter));
    CommandRun wrong = check(file, "--delimiter", "#");
    assertEquals(3, wrong.exitCode());
    assertTrue(wrong.errorLine().contains("[#] parts nothing"), wrong.err());
  }

  @Test
  void aCatalogueWithoutAHeader_isRefused_andLosesNoItem() throws IOException {
    Path orders = file("orders.csv", HEAD, lines());
    List<String> items = lines().stream().map(line -> line.split(",", -1)[1]).distinct().toList();
    Path goods = file("goods.csv", "", items.stream().map(item -> item + ",A thing").toList());
    CommandRun run = check(orders, "--items", goods.toString());
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(run.errorLine().contains("begins with the item [" + items.get(0)), run.err());
  }

  @Test
  void aProject_isTakenHoweverItsFlagIsSpelled() throws IOException {
    told(file("orders.csv", HEAD, lines()));
    String project = directory.resolve("p.yaml").toString();
    List<String> spelled = List.of("-p" + project, "-p=" + project, "--project=" + project);
    for (String flag : spelled) {
      CommandRun run = train(flag, "--name", "x" + spelled.indexOf(flag));
      assertEquals(0, run.exitCode(), flag + run.err());
    }
  }

  @Test
  void columnsThatAreNamed_areTakenForThem() throws IOException {
    Path file = file("none.csv", "", lines());
    assertPlain(told(file, "--header", "who,what,when"));
    CommandRun two = check(file, "--header", "who,what");
    assertEquals(3, two.exitCode());
    assertTrue(two.errorLine().contains("--header names 2 columns"), two.err());
  }

  @Test
  void theLineThatDiffers_isNamed() throws IOException {
    List<String> quoted = new ArrayList<>(lines());
    quoted.set(40, "c1,\"A 1,2020-01-01 00:00:00 UTC");
    CommandRun open = check(file("quote.csv", HEAD, quoted));
    assertEquals(3, open.exitCode());
    assertTrue(open.errorLine().contains("line 42 has a quote that is not closed"), open.err());
    List<String> ragged = lines().stream().map(line -> "c1," + line).toList();
    CommandRun wide = check(file("wide.csv", HEAD, ragged));
    assertEquals(3, wide.exitCode());
    assertTrue(wide.errorLine().contains("into 3 fields, and line 2 into 4"), wide.err());
  }

  @ParameterizedTest
  @CsvSource({
    "504b0304, zip archive or a workbook",
    "d0cf11e0a1b1, old workbook",
    "28b52ffd00, zstd",
    "425a6839, bzip2",
    "fd377a585a00, xz",
    "04224d18, lz4",
    "4f626a01, Avro",
    "4f52430a, ORC",
    "00000000, bytes of 0"
  })
  void whatIsNoTable_isCalledByItsName(String bytes, String expected) throws IOException {
    byte[] magic = HexFormat.of().parseHex(bytes);
    byte[] all = Arrays.copyOf(magic, 300);
    CommandRun run = check(Files.write(directory.resolve("orders.csv"), all));
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(run.errorLine().contains(expected), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
  void anotherEncoding_isRefused_withTheCommandThatConverts(String charset) throws IOException {
    Path file = directory.resolve("orders.csv");
    String text = HEAD + "\n" + String.join("\n", lines()).replace("A ", "\u00c4 ");
    Files.write(file, text.getBytes(Charset.forName(charset)));
    CommandRun run = check(file);
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(run.errorLine().contains("iconv -f"), run.err());
    assertFalse(run.err().contains("\0"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n  "})
  void oneJsonArray_isRefused_andNotPrinted(String space) throws IOException {
    String array =
        lines().stream()
            .map(line -> "{\"user\": \"" + line + "\"}")
            .collect(Collectors.joining(",", "[" + space, "]"));
    CommandRun run = check(Files.writeString(directory.resolve("orders.json"), array));
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(run.errorLine().contains("jq -c '.[]' orders.json"), run.err());
    assertTrue(run.err().length() < 300, run.err());
  }

  @Test
  void whatIsNoFile_isRefused_withTheWayThatThereIs() {
    CommandRun run = check(Path.of("/dev/null"));
    assertEquals(3, run.exitCode(), run.out());
    assertTrue(run.errorLine().contains("- for interactions from standard input"), run.err());
  }

  @Test
  void aLineOfError_isShort_howeverMuchItQuotes() {
    StringWriter err = new StringWriter();
    OneLineErrors.tell(
        new UserError(UserError.Kind.INPUT, "f: [" + "x\0".repeat(50_000) + "]; mend it"),
        new PrintWriter(err, true));
    assertTrue(err.toString().length() < 2_100);
    assertTrue(err.toString().strip().endsWith("; mend it"), err.toString());
    assertFalse(err.toString().contains("\0"));
  }

  @Test
  void timesThatAreNotUnderstood_areShown() throws IOException {
    List<String> american =
        lines().stream().map(l -> l.replaceAll("2020-(..)-(..)", "$1/$2/2020")).toList();
    JsonNode told = told(file("us.csv", HEAD, american));
    assertTrue(
        told.get("look_at").toString().contains("[01/01/2020 00:00:00 UTC]"), told.toString());
    List<String> german =
        lines().stream()
            .map(l -> l.replaceAll("2020-(..)-(..)", "$2.$1.2020").replace(" UTC", ""))
            .toList();
    JsonNode dotted = told(file("de.csv", HEAD, german));
    assertPlain(dotted);
    assertEquals("dotted", dotted.get("times").asString());
  }

  @Test
  void idsThatStandForNobody_areDoubted_byTrainToo() throws IOException {
    List<String> guests = new ArrayList<>();
    for (String line : lines()) {
      guests.add(guests.size() % 4 == 0 ? line.replaceAll("^c\\d+", "NULL") : line);
    }
    Path file = file("guests.csv", HEAD, guests);
    JsonNode told = told(file);
    assertTrue(told.get("look_at").toString().contains("user [NULL] has "), told.toString());
    CommandRun run = train("--interactions", file.toString(), "--name", "guests");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("note: user [NULL]"), run.err());
    assertFalse(told(file("plain.csv", HEAD, lines())).get("look_at").toString().contains("NULL"));

    Path blank = file("blank.csv", HEAD, guests.stream().map(l -> l.replace("NULL", "")).toList());
    CommandRun refused = check(blank);
    assertEquals(3, refused.exitCode());
    assertTrue(refused.errorLine().contains("--skip-blank-ids"), refused.err());
    assertTrue(
        check(blank, "--skip-blank-ids").out().contains("left out, 25 without a user or an"));
    assertEquals(25, told(blank, "--skip-blank-ids").get("blank").intValue());
    assertEquals(0, train("-p", directory.resolve("p.yaml").toString(), "--name", "b").exitCode());
  }

  @Test
  void train_findsTheColumnsOfACatalogueOfItsOwn_asCheckDataDoes() throws IOException {
    Path file = file("orders.csv", HEAD, lines());
    StringBuilder goods = new StringBuilder("nr;artikel;bezeichnung\n");
    for (int i = 0; i < 14; i++) {
      goods
          .append(900 + i)
          .append(";A ")
          .append(i)
          .append(";Mantel f\u00fcr ")
          .append(i)
          .append('\n');
    }
    Path items =
        Files.write(directory.resolve("g.csv"), goods.toString().getBytes(StandardCharsets.UTF_8));
    CommandRun run =
        train("--interactions", file.toString(), "--items", items.toString(), "--name", "x");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode told = new JsonMapper().readTree(run.out());
    assertEquals(14, told.at("/data/items").intValue(), told.toString());
    CommandRun none =
        train(
            "--interactions",
            file.toString(),
            "--items",
            file.toString(),
            "--id-column",
            "no",
            "--name",
            "y");
    assertEquals(3, none.exitCode(), none.err());
    Path longId = Files.writeString(items, "artikel,name\nA 1,a\n" + "x".repeat(600) + ",b\n");
    CommandRun refused =
        train("--interactions", file.toString(), "--items", longId.toString(), "--name", "z");
    assertEquals(3, refused.exitCode(), refused.out());
    assertTrue(refused.errorLine().contains("600 bytes"), refused.err());
  }

  @Test
  void checkData_keepsWhatItWasGiven_forTheCommandsThatFollow() throws IOException {
    List<String> counted =
        lines().stream().map(line -> line + "," + (1 + line.hashCode() % 2)).toList();
    Path file = file("orders.csv", HEAD + ",stk", counted);
    JsonNode told =
        told(
            file,
            "--name",
            "shop",
            "--quantity-column",
            "stk",
            "--min-rating",
            "1",
            "--duplicates",
            "first",
            "--ties",
            "item_id",
            "--context-columns",
            "weekday,hour",
            "--url",
            "http://localhost:1");
    Path project = directory.resolve("p.yaml");
    String text = Files.readString(project);
    for (String line :
        List.of(
            "quantity_column: stk",
            "min_rating: \"1.0\"",
            "duplicates: first",
            "ties: item_id",
            "context_columns: \"weekday,hour\"",
            "url: \"http://localhost:1\"")) {
      assertTrue(text.contains(line + "\n"), text);
    }
    CommandRun run = train("-p", project.toString(), "--context-min-count", "1");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode trained = new JsonMapper().readTree(run.out());
    for (String count : List.of("interactions", "duplicates", "clock_disorder")) {
      assertEquals(told.get(count), trained.at("/data/" + count), trained.toString());
    }
  }

  @Test
  void aName_aFolderToWrite_andACluster_areTriedBeforeTheWork() throws IOException {
    Path file = file("orders.csv", HEAD, lines());
    CommandRun name = check(file, "--name", "My Shop");
    assertEquals(2, name.exitCode(), name.out());
    assertFalse(Files.exists(directory.resolve("p.yaml")));
    for (String[] bad :
        new String[][] {{"--name", "My Shop"}, {"--name", "x", "--out", "/proc/x"}}) {
      List<String> words = new ArrayList<>(List.of("train", "--interactions", file.toString()));
      words.addAll(List.of(bad));
      CommandRun run = CommandRun.of(words.toArray(String[]::new));
      assertEquals(bad.length == 2 ? 2 : 7, run.exitCode(), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
    assertEquals(0, train("--interactions", file.toString(), "--name", "x").exitCode());
    CommandRun run =
        CommandRun.of(
            "evaluate",
            directory.resolve("models/x").toString(),
            "--interactions",
            file.toString(),
            "--url",
            "http://localhost:1");
    assertEquals(5, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }
}
