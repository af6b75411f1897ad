// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;

/** Files that pandas, pyarrow and fastparquet wrote ({@code parquet/make.py}). */
class ParquetTableTest {
  @TempDir Path directory;

  private static Path made(String name) throws URISyntaxException {
    return Path.of(ParquetTableTest.class.getResource("/parquet/" + name).toURI());
  }

  private static List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (Table table = new DataFile(file).open(",", List.of())) {
      rows.add(table.columns());
      while (table.next()) {
        rows.add(IntStream.range(0, table.columns().size()).mapToObj(table::cell).toList());
      }
    }
    return rows;
  }

  private static String refusal(Path file) {
    UserError error = assertThrows(UserError.class, () -> rows(file));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    assertTrue(error.getMessage().startsWith(file.toString()), error.getMessage());
    return error.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pandas", "int96", "groups", "lz4", "fastparquet"})
  void orders_areWhatTheyAreAsText_whoeverWroteThem(String writer) throws Exception {
    List<List<String>> text = rows(made("orders.csv"));
    assertEquals(51, text.size());
    assertEquals(text, rows(made(writer + ".parquet")));
  }

  @Test
  void oneColumnAskedForHereAndThere_isThatOfTheRow() throws Exception {
    List<List<String>> text = rows(made("orders.csv"));
    try (Table table = new DataFile(made("groups.parquet")).open(",", List.of())) {
      for (int row = 1; table.next(); row++) {
        if (row % 7 == 3) {
          int column = row % 4;
          assertEquals("row " + row, table.place());
          assertEquals(text.get(row).get(column), table.cell(column));
          assertEquals(text.get(row).get(column), table.cell(column), "asked for again");
        }
      }
      assertFalse(table.next());
    }
  }

  @Test
  void groupsListsAndAnnotatedTypes_areText_andListsOfListsNoColumn() throws Exception {
    List<List<String>> rows = rows(made("columns.parquet"));
    String uuid = "00000000-0000-0000-0000-00000000000";
    assertEquals(
        List.of("user.id", "genres", "price", "day", "key", "raw", "big", "share", "sure"),
        rows.get(0));
    assertEquals(
        List.of(
            "a",
            "Drama|War",
            "9.90",
            "1969-12-31",
            uuid + "1",
            "0xff00",
            "18446744073709551615",
            "0.1",
            "true"),
        rows.get(1));
    assertEquals(List.of("", "", "", "", uuid + "2", "text", "0", "1.0E20", "false"), rows.get(2));
    assertEquals(List.of("", "", "-0.05", "2020-02-29", uuid + "3", "", "", "", ""), rows.get(3));
  }

  /**
   * What a list repeats is its element in files of older writers, and a wrapper of it in others.
   */
  @Test
  void listsOfRecords_haveTheirFieldsForColumns_inFilesOfOlderWritersToo() throws Exception {
    for (String repeated :
        List.of(
            "repeated group array { required binary sku (STRING); required int32 qty; }",
            "repeated group items_tuple { required binary sku (STRING); required int32 qty; }",
            "repeated group element { required binary sku (STRING); required int32 qty; }",
            "repeated group list { required group element {"
                + " required binary sku (STRING); required int32 qty; } }")) {
      Path file =
          ParquetFiles.write(
              directory.resolve("lists" + repeated.hashCode()),
              "message m { optional group items (LIST) { " + repeated + " } }",
              row -> {
                Group items = row.get().addGroup(0);
                for (int n = 1; n <= 2; n++) {
                  Group element = items.addGroup(0);
                  element = repeated.contains("list") ? element.addGroup(0) : element;
                  element.append("sku", "A" + n).append("qty", n);
                }
              });
      assertEquals(
          List.of(List.of("items.sku", "items.qty"), List.of("A1|A2", "1|2")),
          rows(file),
          repeated);
    }
    Path plain =
        ParquetFiles.write(
            directory.resolve("plain"),
            "message m { optional group tags (LIST) { repeated binary array (STRING); }"
                + " optional group kinds (LIST) { repeated group array {"
                + " required binary kind (STRING); } } }",
            row -> {
              Group all = row.get();
              all.addGroup(0).append("array", "a").append("array", "b");
              all.addGroup(1).addGroup(0).append("kind", "c");
            });
    assertEquals(List.of(List.of("tags", "kinds.kind"), List.of("a|b", "c")), rows(plain));
  }

  @Test
  void anotherPacking_isRefusedByItsName() throws Exception {
    assertTrue(refusal(made("brotli.parquet")).contains("is packed with BROTLI; write it with"));
  }

  @Test
  void whatIsNoWholeParquetFile_isRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(made("groups.parquet"));
    for (int length : new int[] {4, 11, whole.length / 2, whole.length - 1}) {
      Path cut = directory.resolve("cut" + length);
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertTrue(refusal(cut).contains("is no whole Parquet file"), refusal(cut));
    }
    Path named = Files.writeString(directory.resolve("text.parquet"), "user,item\n1,2\n");
    assertTrue(refusal(named).contains("begins with PAR1; rename it"), refusal(named));
    Path packed = directory.resolve("orders.parquet.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(whole);
    }
    assertTrue(refusal(packed).contains("is Parquet inside gzip; unpack it"), refusal(packed));
  }

  @Test
  void bytesThatChanged_areRefusedInOneLine_orAreStillATable() throws Exception {
    byte[] whole = Files.readAllBytes(made("groups.parquet"));
    int refused = 0;
    for (int at = 4; at < whole.length - 8; at += 97) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      Path file = Files.write(directory.resolve("changed" + at), changed);
      try {
        rows(file);
      } catch (UserError e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 5, refused + " refused");
  }
}
