// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;
import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;

/**
 * Files by Hadoop's own connectors, such as {@code hdfs://host/orders} and {@code
 * s3a://bucket/orders}. Who reads all of one copies it first: what a file is shows in its bytes,
 * which are looked at twice, and Parquet is read from its end.
 */
final class HadoopFiles {
  /** A path that was a URI has lost a slash. */
  private static final Pattern URI = Pattern.compile("([a-z][a-z0-9+.-]+):/+(.+)");

  /** Bytes in which the first lines show what a file is. */
  private static final int HEAD = 1 << 23;

  private final Configuration configuration;

  HadoopFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The URI that a path stands for, where it stands for one. */
  static Optional<String> uri(String path) {
    Matcher matcher = URI.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    // Only files of this machine have no host.
    String slashes = matcher.group(1).equals("file") ? ":///" : "://";
    return Optional.of(matcher.group(1) + slashes + matcher.group(2));
  }

  /**
   * The file, or the files of a folder by the rules of {@code DataFiles}: in the order of their
   * paths, and neither marks nor empty ones.
   *
   * @return named by their URIs
   * @throws UserError where there is none, or nothing that reads such a URI
   */
  List<DataFile> of(String uri) {
    Path named = new Path(uri);
    try {
      FileSystem files = named.getFileSystem(configuration);
      if (!files.getFileStatus(named).isDirectory()) {
        return List.of(file(uri));
      }
      List<String> parts = new ArrayList<>();
      RemoteIterator<LocatedFileStatus> inside = files.listFiles(named, true);
      while (inside.hasNext()) {
        LocatedFileStatus file = inside.next();
        if (file.getLen() > 0 && !isMark(named, file.getPath())) {
          parts.add(file.getPath().toString());
        }
      }
      if (parts.isEmpty()) {
        throw new UserError(
            INPUT, uri + ": is a folder without a file that has anything in it; name another");
      }
      return parts.stream().sorted().map(HadoopFiles::file).toList();
    } catch (FileNotFoundException e) {
      throw new UserError(INPUT, uri + ": no such file; give the URI of a file of interactions", e);
    } catch (UnsupportedFileSystemException e) {
      throw new UserError(
          ENVIRONMENT,
          uri
              + ": Hadoop has no connector for it here ("
              + e.getMessage()
              + "); add one, for instance by spark-submit --packages",
          e);
    } catch (IOException e) {
      throw new UserError(INPUT, uri + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static DataFile file(String uri) {
    return new DataFile(java.nio.file.Path.of(uri), uri);
  }

  private static boolean isMark(Path folder, Path file) {
    for (Path step = file; step.depth() > folder.depth(); step = step.getParent()) {
      if (step.getName().startsWith(".") || step.getName().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  /**
   * A copy on this machine, which the caller {@link #remove removes}; its end says what it is.
   *
   * @param name what messages call it, a URI
   */
  DataFile copy(String name) throws IOException {
    Path remote = new Path(name);
    java.nio.file.Path copy = Files.createTempDirectory("interactions").resolve(remote.getName());
    try (InputStream in = remote.getFileSystem(configuration).open(remote)) {
      Files.copy(in, copy);
    } catch (IOException e) {
      remove(copy);
      throw e;
    }
    return new DataFile(copy, name);
  }

  /** The bytes of a file. */
  long size(String name) throws IOException {
    Path remote = new Path(name);
    return remote.getFileSystem(configuration).getFileStatus(remote).getLen();
  }

  /** A file from a byte on; the caller closes it. */
  InputStream open(String name, long from) throws IOException {
    Path remote = new Path(name);
    FSDataInputStream bytes = remote.getFileSystem(configuration).open(remote);
    try {
      bytes.seek(from);
      return bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * As {@link #copy}; of a large file of plain lines the first of them alone.
   *
   * @throws UserError where it is no table
   */
  DataFile head(String name) throws IOException {
    if (size(name) <= HEAD) {
      return copy(name);
    }
    java.nio.file.Path copy =
        Files.createTempDirectory("interactions").resolve(new Path(name).getName());
    DataFile head = new DataFile(copy, name);
    try (InputStream in = open(name, 0)) {
      byte[] bytes = in.readNBytes(HEAD);
      int length = bytes.length;
      while (length > 0 && bytes[length - 1] != '\n') {
        length--;
      }
      Files.write(copy, Arrays.copyOf(bytes, length));
      if (length > 0 && head.isPlainText()) {
        return head;
      }
    } catch (IOException | UserError e) {
      remove(copy);
      throw e;
    }
    remove(copy);
    return copy(name);
  }

  /** Removes what {@link #copy} and {@link #head} made. */
  static void remove(java.nio.file.Path copy) throws IOException {
    Files.deleteIfExists(copy);
    Files.deleteIfExists(copy.getParent());
  }
}
