// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

class CatalogueReaderTest {
  @TempDir Path directory;

  @Test
  void read_movieLensLayout_partsGenresAndJoinsTexts() throws IOException {
    Path file =
        write("movies.csv", "movieId,title,genres\n7,\"Heat, The (1995)\",Crime|Drama\n9,Up,\n");
    Path texts = write("texts.json", "{\"7\": \"A robbery.\"}");
    assertEquals(
        List.of(
            new CatalogueItem("7", "Heat, The (1995)", "A robbery.", List.of("Crime", "Drama")),
            new CatalogueItem("9", "Up", "", List.of())),
        CatalogueReader.read(CatalogueFormat.movieLens(file, Optional.of(texts))));
  }

  @Test
  void read_stripsCategories_andTakesANullForNoText() throws IOException {
    Path file = write("movies.csv", "movieId,title,genres\n7,Heat,Crime | Drama | \n");
    Path texts = write("texts.json", "{\"7\": null}");
    assertEquals(
        List.of(new CatalogueItem("7", "Heat", "", List.of("Crime", "Drama"))),
        CatalogueReader.read(CatalogueFormat.movieLens(file, Optional.of(texts))));
  }

  @Test
  void read_aListForAnId_andTextsThatAreNull_areRefused() throws IOException {
    Path lists = write("lists.jsonl", "{\"movieId\":[\"7\",\"8\"],\"title\":\"Heat\"}\n");
    UserError error =
        assertThrows(
            UserError.class,
            () -> CatalogueReader.read(CatalogueFormat.movieLens(lists, Optional.empty())));
    assertTrue(error.getMessage().contains("line 1: id [7|8] is a list"), error.getMessage());
    Path file = write("movies.csv", "movieId,title\n7,Heat\n");
    Path texts = write("texts.json", "null");
    error =
        assertThrows(
            UserError.class,
            () -> CatalogueReader.read(CatalogueFormat.movieLens(file, Optional.of(texts))));
    assertTrue(error.getMessage().contains("not a JSON object"), error.getMessage());
  }

  @Test
  void read_dropsAByteOrderMark() throws IOException {
    Path file = write("movies.csv", "\uFEFFmovieId,title\n7,Heat\n");
    assertEquals(
        "7", CatalogueReader.read(CatalogueFormat.movieLens(file, Optional.empty())).get(0).id());
  }

  @Test
  void read_takesADescriptionColumn_andADelimiterWhateverTheEnding() throws IOException {
    Path file = write("shop.csv", "sku;name;kind;about\n7;Coat;warm|long;A coat, of wool.\n");
    assertEquals(
        List.of(new CatalogueItem("7", "Coat", "A coat, of wool.", List.of("warm", "long"))),
        CatalogueReader.read(
            new CatalogueFormat(
                file,
                Optional.of(";"),
                "sku",
                "name",
                "kind",
                Optional.of("about"),
                Optional.empty())));
  }

  @Test
  void read_jsonLines_takesAnArrayForSeveralCategories() throws IOException {
    Path file =
        write(
            "goods.jsonl", "{\"movieId\":7,\"title\":\"Heat\",\"genres\":[\"Crime\",\"Drama\"]}\n");
    assertEquals(
        List.of(new CatalogueItem("7", "Heat", "", List.of("Crime", "Drama"))),
        CatalogueReader.read(CatalogueFormat.movieLens(file, Optional.empty())));
  }

  @Test
  void read_whenACategoriesColumnThatWasNamedIsMissing_refuses() throws IOException {
    Path file = write("movies.csv", "movieId,title\n7,Heat\n");
    CatalogueFormat format =
        CatalogueFormat.movieLens(file, Optional.empty()).withCategoriesColumn("kind");
    UserError error = assertThrows(UserError.class, () -> CatalogueReader.read(format));
    assertTrue(error.getMessage().contains("no column [kind]"), error.getMessage());
  }

  @Test
  void read_noSuchFile_namesIt() {
    assertError("nowhere.csv: no such file", directory.resolve("nowhere.csv"), Optional.empty());
  }

  @Test
  void read_noSuchColumn_listsThoseThereAre() throws IOException {
    Path file = write("movies.csv", "id,title\n1,A\n");
    assertError("no column [movieId]; there are [id, title]", file, Optional.empty());
  }

  @Test
  void read_repeatedItem_namesTheLine() throws IOException {
    Path file = write("movies.csv", "movieId,title,genres\n1,A,x\n2,B,x\n1,C,x\n");
    assertError("line 4: item [1] is there twice", file, Optional.empty());
  }

  @Test
  void read_idThatNoFileCanHold_namesTheLine() throws IOException {
    Path half =
        write("half.jsonl", "{\"movieId\":\"7\\ud83d\",\"title\":\"Heat\",\"genres\":\"x\"}\n");
    assertError("id [7?] has half a character, \\ud83d alone", half, Optional.empty());
    Path control =
        write("tab.jsonl", "{\"movieId\":\"7\\u0007x\",\"title\":\"Heat\",\"genres\":\"x\"}\n");
    assertError("has a control character; remove it", control, Optional.empty());
  }

  @Test
  void read_shortLine_namesTheLine() throws IOException {
    Path file = write("movies.csv", "movieId,title,genres\n1,A,x\n2,B\n");
    assertError("line 3 has 2 fields, expected 3", file, Optional.empty());
  }

  @Test
  void read_headerOnly_isEmpty() throws IOException {
    assertError("no items", write("movies.csv", "movieId,title,genres\n"), Optional.empty());
  }

  @Test
  void read_notUtf8_saysSo() throws IOException {
    Path file = directory.resolve("movies.csv");
    Files.write(
        file, "movieId,title,genres\n1,caf\u00e9,x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertError("not UTF-8", file, Optional.empty());
  }

  @Test
  void read_textsThatAreNoJson_saysSo() throws IOException {
    Path file = write("movies.csv", "movieId,title,genres\n1,A,x\n");
    assertError("not a JSON object", file, Optional.of(write("texts.json", "{\"1\": ")));
  }

  @Test
  void open_leavesTheItemsInTheFile_andGivesWhatReadGives() throws IOException {
    StringBuilder lines = new StringBuilder("movieId,title,genres\n");
    for (int i = 0; i < 500; i++) {
      lines.append(i).append(",Film ").append(i).append(",a|b\n");
    }
    CatalogueFormat format =
        CatalogueFormat.movieLens(
            write("movies.csv", lines.toString()),
            Optional.of(write("texts.json", "{\"7\": \"A robbery.\"}")));
    Catalogue catalogue = CatalogueReader.open(format);
    for (int again = 0; again < 2; again++) {
      try (Stream<CatalogueItem> items = catalogue.items()) {
        assertEquals(CatalogueReader.read(format), items.toList());
      }
    }
  }

  private void assertError(String expected, Path file, Optional<Path> texts) {
    assertError(expected, () -> CatalogueReader.read(CatalogueFormat.movieLens(file, texts)));
    assertError(expected, () -> CatalogueReader.open(CatalogueFormat.movieLens(file, texts)));
  }

  private static void assertError(String expected, Executable call) {
    UserError error = assertThrows(UserError.class, call);
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains(expected), error.getMessage());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
