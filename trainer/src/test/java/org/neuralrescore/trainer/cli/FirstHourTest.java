// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer with data of their own runs into, and what they are told. */
class FirstHourTest {
  @TempDir Path directory;

  /** A shop's orders: 30 customers, 12 goods, the customer's own in an order of their own. */
  private Path orders(String head, boolean times) throws IOException {
    StringBuilder lines = new StringBuilder(head).append('\n');
    for (int user = 0; user < 30; user++) {
      for (int i = 0; i < 6; i++) {
        lines.append('c').append(user).append('\t').append("sku").append((user * 5 + i * 7) % 12);
        lines.append(times ? "\t" + (1_600_000_000 + user * 100 + i) : "").append('\n');
      }
    }
    return Files.writeString(directory.resolve("orders.tsv"), lines);
  }

  private CommandRun train(Path orders, boolean times, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--interactions",
                orders.toString(),
                "--user-column",
                "customer",
                "--item-column",
                "sku",
                "--rating-column",
                "none",
                "--time-column",
                times ? "sold_at" : "none",
                "--name",
                "shop",
                "--out",
                directory.resolve("models").toString(),
                "--baselines",
                "none"));
    if (!List.of(more).contains("--rank")) {
      arguments.addAll(List.of("--rank", "4"));
    }
    if (!List.of(more).contains("--features")) {
      arguments.add("--no-network");
    }
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void train_optionsThatNeedTimes_areRefusedWithoutThem() throws IOException {
    Path orders = orders("customer\tsku", false);
    for (List<String> flags :
        List.of(
            List.of("--recency-days", "30"),
            List.of("--session-days", "1"),
            List.of("--half-life-days", "30"),
            List.of("--features", "age"))) {
      CommandRun run = train(orders, false, flags.toArray(String[]::new));
      assertEquals(3, run.exitCode(), flags + run.err());
      assertTrue(run.errorLine().contains("times"), run.err());
    }
    assertFalse(Files.exists(directory.resolve("models")));
  }

  @Test
  void train_ratingsAsValues_areRefusedWhereThereAreNone() throws IOException {
    CommandRun run = train(orders("customer\tsku\tsold_at", true), true, "--values", "rating");
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("--rating-column"), run.err());
  }

  @Test
  void train_aCatalogueThatSharesNoItem_isRefused_withAnIdOfEach() throws IOException {
    Path items = Files.writeString(directory.resolve("items.csv"), "id,title\nX1,Coat\nX2,Hat\n");
    CommandRun run =
        train(
            orders("customer\tsku\tsold_at", true),
            true,
            "--items",
            items.toString(),
            "--id-column",
            "id");
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("[X1]") && run.errorLine().contains("[sku"), run.err());
  }

  @Test
  void train_ranksBeyondElasticsearch_areRefused_beforeAnythingIsRead() {
    for (List<String> flags :
        List.of(List.of("--rank", "5000"), List.of("--rank", "2049", "--factors", "distilled"))) {
      CommandRun run = train(directory.resolve("none.tsv"), true, flags.toArray(String[]::new));
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.errorLine().contains("4096"), run.err());
    }
  }

  @Test
  void train_delimiterHoldsWhateverTheEnding_andMayBeCalledTab() throws IOException {
    Path tsv = orders("customer\tsku\tsold_at", true);
    Path dat = Files.copy(tsv, directory.resolve("orders.dat"));
    for (String tab : List.of("tab", "\\t", "\t")) {
      CommandRun run = train(dat, true, "--delimiter", tab, "--seed", "" + tab.hashCode());
      assertEquals(0, run.exitCode(), tab + run.err());
    }
  }

  /** Naming all columns says what they are called and not what parts them. */
  @Test
  void train_whereAllColumnsAreNamed_findsWhatPartsThemAllTheSame() throws IOException {
    String tabs = Files.readString(orders("customer\tsku\tsold_at", true));
    Path csv = Files.writeString(directory.resolve("orders.csv"), tabs.replace("\t", ";"));
    StringBuilder goods = new StringBuilder("sku;name\n");
    for (int item = 0; item < 12; item++) {
      goods.append("sku").append(item).append(";Coat, long ").append(item).append('\n');
    }
    Path items = Files.writeString(directory.resolve("goods.csv"), goods);
    CommandRun run =
        train(
            csv, true, "--items", items.toString(), "--id-column", "sku", "--title-column", "name");
    assertEquals(0, run.exitCode(), run.err());
    CommandRun bare =
        train(
            Files.writeString(
                directory.resolve("bare.csv"),
                tabs.substring(tabs.indexOf('\n') + 1).replace("\t", ";")),
            true,
            "--header",
            "customer,sku,sold_at",
            "--seed",
            "7");
    assertEquals(0, bare.exitCode(), bare.err());
  }

  @Test
  void train_sortedLinesWithoutTimes_areWarnedOf() throws IOException {
    StringBuilder lines = new StringBuilder("customer\tsku\n");
    for (int user = 0; user < 30; user++) {
      for (int i = 0; i < 6; i++) {
        lines.append("c" + user + "\tsku" + (user % 4 + i) + "\n");
      }
    }
    Path orders = Files.writeString(directory.resolve("orders.tsv"), lines);
    CommandRun run = train(orders, false);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("note: no times") && run.err().contains("random:0.2"), run.err());
    assertFalse(train(orders("customer\tsku", false), false).err().contains("note: no times"));
  }

  @Test
  void train_whereOutIsAFile_saysSoBeforeTheWork() throws IOException {
    Path file = Files.writeString(directory.resolve("models"), "mine");
    CommandRun run = train(orders("customer\tsku\tsold_at", true), true);
    assertEquals(7, run.exitCode(), run.err());
    assertTrue(run.err().contains("is no folder; name another --out"), run.err());
    assertFalse(run.err().contains("factors"), run.err());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void train_twoEqualRunsAtOnce_leaveOneBundleAndItsReport() throws Exception {
    Path orders = orders("customer\tsku\tsold_at", true);
    CompletableFuture<CommandRun> other = CompletableFuture.supplyAsync(() -> train(orders, true));
    CommandRun one = train(orders, true);
    List<Integer> codes = Stream.of(one, other.get()).map(CommandRun::exitCode).sorted().toList();
    assertEquals(List.of(0, 4), codes, one.err() + other.get().err());
    try (Stream<Path> files = Files.list(directory.resolve("models/shop"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      String bundle = names.get(0);
      assertEquals(List.of(bundle, bundle + ".html", bundle + ".json"), names);
    }
  }

  @Test
  void evaluate_onUnrelatedData_isRefused_andANameIsItsNewestGeneration() throws IOException {
    Path orders = orders("customer\tsku\tsold_at", true);
    assertEquals(0, train(orders, true).exitCode());
    assertEquals(0, train(orders, true, "--seed", "7").exitCode());
    Path shop = directory.resolve("models/shop");
    List<Path> bundles;
    try (Stream<Path> files = Files.list(shop)) {
      bundles = files.filter(Files::isDirectory).sorted().toList();
    }
    Path newest = bundles.get(0);
    Files.setLastModifiedTime(
        newest.resolve("manifest.json"), FileTime.fromMillis(4_000_000_000_000L));
    CommandRun run = evaluate(shop, orders);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("shop/" + newest.getFileName()), run.out());

    Path others =
        Files.writeString(
            directory.resolve("others.tsv"),
            Files.readString(orders)
                .replace("sku", "good")
                .replace("customer\tgood", "customer\tsku"));
    CommandRun unrelated = evaluate(shop, others);
    assertEquals(6, unrelated.exitCode(), unrelated.out());
    assertTrue(
        unrelated.errorLine().contains("knows none of the data's 12 items"), unrelated.err());
  }

  private static CommandRun evaluate(Path bundle, Path orders) {
    return CommandRun.of(
        "evaluate",
        bundle.toString(),
        "--interactions",
        orders.toString(),
        "--user-column",
        "customer",
        "--item-column",
        "sku",
        "--rating-column",
        "none",
        "--time-column",
        "sold_at",
        "--baselines",
        "none",
        "--json");
  }

  @Test
  void train_anOptionOfTheMethod_bySet_isItsFlag() throws IOException {
    Path orders = orders("customer\tsku\tsold_at", true);
    CommandRun flag = train(orders, true, "--alpha0", "0.2", "--json");
    assertEquals(0, flag.exitCode(), flag.err());
    CommandRun set = train(orders, true, "--set", "alpha0=0.2", "--json");
    // The same options make the same bundle, which is there already.
    assertEquals(4, set.exitCode(), set.err());
    CommandRun unknown = train(orders, true, "--set", "alpha=0.2");
    assertEquals(2, unknown.exitCode(), unknown.err());
    assertTrue(unknown.errorLine().contains("alpha0"), unknown.err());
    CommandRun others = train(orders, true, "--set", "temperature=2");
    assertEquals(2, others.exitCode(), others.err());
    assertTrue(others.errorLine().contains("distilled"), others.err());
    CommandRun two = train(orders, true, "--set", "alpha0=0.2", "--alpha0", "0.3");
    assertEquals(2, two.exitCode(), two.err());
  }

  @Test
  void train_aSplitThatIsThere_asksItsTestAndLearnsFromNoneOfIt() throws IOException {
    List<String> all = Files.readAllLines(orders("customer\tsku\tsold_at", true));
    List<String> train = new ArrayList<>(all);
    List<String> test = new ArrayList<>(List.of(all.get(0)));
    for (int user = 0; user < 20; user++) {
      // Neither the last by time, nor where the file has it.
      test.add(train.remove(1 + user * 5 + 1));
    }
    test.add("stranger\tsku1\t1600000000");
    Path trainFile = Files.write(directory.resolve("train.tsv"), train);
    Path testFile = Files.write(directory.resolve("test.tsv"), test);
    String[] data = {"--train", trainFile.toString(), "--test", testFile.toString()};
    List<String> command = new ArrayList<>(List.of("train", "--name", "shop", "--no-network"));
    command.addAll(List.of(data));
    command.addAll(List.of("--out", directory.resolve("models").toString(), "--rank", "4"));
    command.addAll(List.of("--baselines", "none", "--json"));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().replaceAll("\\s", "").contains("\"cases\":20,"), run.out());

    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            directory.resolve("models/shop").toString(),
            data[0],
            data[1],
            data[2],
            data[3],
            "--baselines",
            "none",
            "--json");
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    String told = evaluated.out().replaceAll("\\s", "");
    assertTrue(told.contains("\"cases\":20,"), told);
    assertTrue(told.contains("\"same_data_and_protocol\":true"), told);
    command.addAll(List.of("--protocol", "last-fraction:0.2"));
    CommandRun two = CommandRun.of(command.toArray(String[]::new));
    assertEquals(2, two.exitCode(), two.err());
    assertTrue(two.errorLine().contains("leave one out"), two.err());
    CommandRun alone = CommandRun.of("train", "--name", "x", "--train", trainFile.toString());
    assertEquals(2, alone.exitCode(), alone.err());
    CommandRun plain = evaluate(directory.resolve("models/shop"), trainFile);
    assertEquals(2, plain.exitCode(), plain.err());
    assertTrue(plain.errorLine().contains("--train and --test"), plain.err());
  }

  @Test
  void train_usersOfOneItem_wantProtocolNone_whichSaysThatNothingIsMeasured() throws IOException {
    StringBuilder lines = new StringBuilder("session\tsku\n");
    for (int i = 0; i < 60; i++) {
      lines.append("s").append(i).append("\tA-").append(i * i % 7).append('\n');
    }
    Path sessions = Files.writeString(directory.resolve("sessions.tsv"), lines);
    String[] base = {
      "train",
      "--interactions",
      sessions.toString(),
      "--user-column",
      "session",
      "--name",
      "shop",
      "--item-column",
      "sku",
      "--out",
      directory.resolve("models").toString(),
      "--rank",
      "3"
    };
    CommandRun refused = CommandRun.of(base);
    assertEquals(3, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("--protocol none"), refused.err());
    List<String> none = new ArrayList<>(List.of(base));
    none.addAll(List.of("--protocol", "none"));
    CommandRun run = CommandRun.of(none.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("this model is not evaluated"), run.out());
    try (Stream<Path> files = Files.walk(directory.resolve("models/shop"))) {
      Path page = files.filter(file -> file.toString().endsWith(".html")).findFirst().orElseThrow();
      assertTrue(Files.readString(page).contains("not evaluated"));
    }
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            directory.resolve("models/shop").toString(),
            "--interactions",
            sessions.toString());
    assertEquals(2, evaluated.exitCode(), evaluated.err());
    assertTrue(evaluated.errorLine().contains("--protocol none"), evaluated.err());
    none.addAll(List.of("--epochs", "2"));
    CommandRun network = CommandRun.of(none.toArray(String[]::new));
    assertEquals(2, network.exitCode(), network.err());
  }

  @Test
  void train_countsAddQuantitiesUp_whereTheColumnSaysSo() throws IOException {
    StringBuilder lines = new StringBuilder("customer\tsku\tqty\tsold_at\n");
    for (int user = 0; user < 30; user++) {
      for (int i = 0; i < 6; i++) {
        lines.append("c" + user + "\tsku" + (user * 5 + i * 7) % 12 + "\t" + (1 + i * user % 5));
        lines.append("\t" + (1_600_000_000 + user * 100 + i) + "\n");
      }
    }
    Path named = Files.writeString(directory.resolve("named.tsv"), lines);
    Path other =
        Files.writeString(directory.resolve("other.tsv"), lines.toString().replace("qty", "stk"));
    String out = directory.resolve("models").toString();
    String[] rest = {
      "--name",
      "shop",
      "--out",
      out,
      "--rank",
      "4",
      "--no-network",
      "--baselines",
      "none",
      "--values",
      "log_count",
      "--json"
    };
    String found = hash(rest, "--interactions", named.toString());
    String given = hash(rest, "--interactions", other.toString(), "--quantity-column", "stk");
    String ratings = hash(rest, "--interactions", other.toString(), "--rating-column", "stk");
    assertEquals(found, given);
    assertFalse(found.equals(ratings));
  }

  /** The data's hash, whether or not its bundle is there already. */
  private static String hash(String[] rest, String... data) {
    List<String> arguments = new ArrayList<>(List.of("check-data"));
    arguments.add(data[1]);
    arguments.addAll(List.of(data).subList(2, data.length));
    arguments.addAll(List.of("--write", rest[3] + ".yaml", "--force", "--json"));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    List<String> train = new ArrayList<>(List.of("train"));
    train.addAll(List.of(data));
    train.addAll(List.of(rest));
    CommandRun trained = CommandRun.of(train.toArray(String[]::new));
    assertTrue(List.of(0, 4).contains(trained.exitCode()), trained.err());
    return run.out().replaceAll("(?s).*\"sha256\"\\s*:\\s*\"(\\w+)\".*", "$1");
  }

  @Test
  void generate_whereNothingCanBeWritten_isOneLine() {
    CommandRun run = CommandRun.of("generate", "--out", "/proc/none/data");
    assertEquals(7, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void errors_ofDisksAndMemory_areOneLine_howeverDeep() {
    for (Throwable thrown :
        List.of(
            new UncheckedIOException(
                new FileSystemException("/m/x", null, "No space left on device")),
            new IllegalStateException(
                new ExecutionException(new IOException("No space left on device"))))) {
      StringWriter err = new StringWriter();
      assertEquals(7, OneLineErrors.tell(thrown, new PrintWriter(err, true)));
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertTrue(err.toString().contains("No space left on device"), err.toString());
    }
    StringWriter err = new StringWriter();
    OneLineErrors.tell(
        new IllegalStateException(new OutOfMemoryError("Java heap space")),
        new PrintWriter(err, true));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("NEURAL_RESCORE_JAVA_OPTS=-Xmx"), err.toString());
  }

  @Test
  void errors_ofOurOwn_keepTheirTrace() {
    StringWriter err = new StringWriter();
    assertEquals(1, OneLineErrors.tell(new IllegalStateException("x"), new PrintWriter(err, true)));
    assertTrue(err.toString().contains("defect") && err.toString().lines().count() > 2);
  }
}
