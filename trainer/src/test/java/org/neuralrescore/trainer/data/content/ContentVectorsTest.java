// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.Ids;

class ContentVectorsTest {
  private static final Ids ITEMS = new Ids(List.of("a", "b", "c"));

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void read_putsVectorsInRowOrder_andLeavesOutStrangers() throws IOException {
    ItemContent content =
        ContentVectors.read(file("v.tsv", "c\t1\t-2.5\nstranger\t9\t9\na\t0\t1e-3\n\n"), ITEMS);
    assertEquals(2, content.width());
    assertArrayEquals(new float[] {0f, 0.001f}, content.of(0));
    assertFalse(content.has(1));
    assertArrayEquals(new float[] {1f, -2.5f}, content.of(2));
  }

  @Test
  void read_behindAByteOrderMark_hasItsFirstItem() throws IOException {
    ItemContent content = ContentVectors.read(file("v.tsv", "\uFEFFa\t1\t2\nb\t3\t4\n"), ITEMS);
    assertArrayEquals(new float[] {1f, 2f}, content.of(0));
  }

  @Test
  void read_commasInCsv_andUnpacksGz() throws IOException {
    Path packed = folder.resolve("v.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("b,1,2,3\n".getBytes(StandardCharsets.UTF_8));
    }
    assertArrayEquals(new float[] {1f, 2f, 3f}, ContentVectors.read(packed, ITEMS).of(1));
  }

  @Test
  void read_quotedIds_keepTheirCommas() throws IOException {
    Ids items = new Ids(List.of("a, the first", "b"));
    ItemContent content =
        ContentVectors.read(file("v.csv", "\"a, the first\",1,2\n\"b\",3,4\n"), items);
    assertArrayEquals(new float[] {1f, 2f}, content.of(0));
    assertArrayEquals(new float[] {3f, 4f}, content.of(1));
  }

  @Test
  void read_ofOtherItems_isRefused_withOneOfEither() throws IOException {
    Path others = file("v.tsv", "a.0\t1\nb.0\t2\n");
    UserError error = assertThrows(UserError.class, () -> ContentVectors.read(others, ITEMS));
    assertTrue(
        error
            .getMessage()
            .endsWith(
                "none of its ids, such as [b.0], is an item, such as [a];"
                    + " give vectors of these items"),
        error.getMessage());
    Path twice = file("twice.tsv", "x\t1\na\t1\nx\t2\n");
    error = assertThrows(UserError.class, () -> ContentVectors.read(twice, ITEMS));
    assertTrue(error.getMessage().contains("item [x] is there twice"), error.getMessage());
  }

  @Test
  void read_goesByWhatAFileHolds_whateverItsNameSays() throws IOException {
    Path packed = folder.resolve("vectors.CSV");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("b,1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertArrayEquals(new float[] {1f, 2f}, ContentVectors.read(packed, ITEMS).of(1));
  }

  @ParameterizedTest
  @CsvSource({
    "'a;1;2|b;1', 'line 2: expects an id and 2 values, got 1'",
    "'a;1|a;2', 'line 2: item [a] is there twice'",
    "'a;one', 'line 1: [one] is no number'",
    "'a;NaN', 'line 1: [NaN] is no finite number'",
    "'a', 'line 1: expects an id and 1 values, got 0'",
    "';1', 'line 1: expects an id'",
    "'', 'no vectors'"
  })
  void read_whatIsNoVector_namesFileAndLine(String text, String message) throws IOException {
    Path file = file("v.tsv", text.replace(';', '\t').replace('|', '\n'));
    UserError error = assertThrows(UserError.class, () -> ContentVectors.read(file, ITEMS));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertTrue(error.getMessage().contains("v.tsv"), error.getMessage());
  }

  @Test
  void read_whereThereIsNoFile_namesTheFlag() {
    UserError error =
        assertThrows(UserError.class, () -> ContentVectors.read(folder.resolve("none.tsv"), ITEMS));
    assertTrue(error.getMessage().contains("--content-vectors"), error.getMessage());
  }
}
