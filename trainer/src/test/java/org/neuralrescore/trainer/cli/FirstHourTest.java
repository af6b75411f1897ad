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
