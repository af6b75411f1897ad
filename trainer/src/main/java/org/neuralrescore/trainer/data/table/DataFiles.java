// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;

/** The files that are meant by what was named: files, folders of parts, standard input. */
public final class DataFiles {
  /** Stands for standard input. */
  public static final Path STDIN = Path.of("-");

  /** Bytes of a packed file without content, its name among them. */
  private static final long MOST_OF_NOTHING = 300;

  private DataFiles() {}

  /**
   * All files, in the order in which they were named, those of a folder by their paths, behind
   * links too. Of a folder and what is in it only those count that have something in them and whose
   * names begin with neither a dot nor an underscore, which is how marks and check sums of
   * distributed jobs begin.
   *
   * @param named files, folders, or {@link #STDIN}, which is copied to a file that vanishes with
   *     the program
   * @param stdin read once, where it is named
   * @throws UserError of kind INPUT where a folder has no such file
   */
  public static List<DataFile> of(List<Path> named, InputStream stdin) {
    List<DataFile> files = new ArrayList<>();
    for (Path path : named) {
      if (path.equals(STDIN)) {
        files.add(spooled(stdin));
      } else if (Files.isDirectory(path)) {
        files.addAll(parts(path));
      } else {
        files.add(new DataFile(path));
      }
    }
    return files;
  }

  private static List<DataFile> parts(Path folder) {
    try (Stream<Path> inside = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<DataFile> parts = new ArrayList<>();
      for (Path path : inside.sorted().toList()) {
        if (Files.isRegularFile(path) && !isMark(folder, path) && !isEmpty(path)) {
          parts.add(new DataFile(path));
        }
      }
      if (parts.isEmpty()) {
        throw new UserError(
            INPUT, folder + ": is a folder without a file that has anything in it; name another");
      }
      return parts;
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(INPUT, folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Of nothing, packed or not. */
  private static boolean isEmpty(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0 || size > MOST_OF_NOTHING) {
      return size == 0;
    }
    DataFile small = new DataFile(file);
    if (small.kind() != DataFile.Kind.TEXT) {
      return false;
    }
    try (Reader reader = small.reader()) {
      return reader.read() < 0;
    } catch (IOException e) {
      // Whoever reads it tells what is wrong with it.
      return false;
    }
  }

  private static boolean isMark(Path folder, Path file) {
    for (Path step : folder.relativize(file)) {
      if (step.toString().startsWith(".") || step.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  /** It is looked at before it is read, so it has to be there twice. */
  private static DataFile spooled(InputStream stdin) {
    try {
      Path copy = Files.createTempFile("interactions", "");
      copy.toFile().deleteOnExit();
      Files.copy(stdin, copy, StandardCopyOption.REPLACE_EXISTING);
      return new DataFile(copy, "standard input");
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "standard input cannot be kept in " + System.getProperty("java.io.tmpdir") + ": " + e,
          e);
    }
  }

  /** What messages call all of them. */
  public static String name(List<DataFile> files) {
    String first = files.get(0).name();
    return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
  }
}
