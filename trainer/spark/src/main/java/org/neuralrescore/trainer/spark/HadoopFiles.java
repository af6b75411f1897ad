// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;
import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Location;

/**
 * Files by Hadoop's own connectors, such as {@code hdfs://host/orders} and {@code
 * s3a://bucket/orders}. Who reads all of one copies it first: what a file is shows in its bytes,
 * which are looked at twice, and Parquet is read from its end.
 */
final class HadoopFiles {
  /** Of stores in which a name is one text, and two slashes are not one. */
  private static final Set<String> OF_KEYS =
      Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "wasb", "wasbs");

  private final Configuration configuration;

  HadoopFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether a file is read by Hadoop: its name is a URI. */
  static boolean reads(DataFile file) {
    return new Location(file.name()).isUri();
  }

  /**
   * The file, or the files of a folder by the rules of {@code DataFiles}: in the order of their
   * paths, and neither marks nor empty ones.
   *
   * @return named by their URIs
   * @throws UserError where there is none, or nothing that reads such a URI
   */
  List<DataFile> of(String uri) {
    try {
      Path named = new Path(uri);
      requireKept(uri, named);
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
    } catch (UnsupportedFileSystemException | NoClassDefFoundError e) {
      throw withoutConnector(uri, e);
    } catch (IOException e) {
      throw unreadable(uri, e);
    } catch (IllegalArgumentException e) {
      // How Hadoop says that nobody knows the host of a URI, and that a text is none.
      throw unreadable(uri, e.getCause() instanceof UnknownHostException cause ? cause : e);
    } catch (RuntimeException e) {
      // How it says that a connector that it knows by name is not there.
      if (e.getCause() instanceof ClassNotFoundException cause) {
        throw withoutConnector(uri, cause);
      }
      throw e;
    }
  }

  private static UserError withoutConnector(String uri, Throwable e) {
    return new UserError(
        ENVIRONMENT,
        uri
            + ": Hadoop has no connector for it here ("
            + e.getMessage()
            + "); add one, for instance by spark-submit --packages",
        e);
  }

  private static UserError unreadable(String uri, Exception e) {
    String why =
        e instanceof UnknownHostException
            ? "no host is called " + e.getMessage() + "; mend the name"
            : String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    return new UserError(INPUT, uri + ": cannot be read (" + why + ")", e);
  }

  /** Hadoop makes one slash of two, which in such a store is the name of something else. */
  private static void requireKept(String uri, Path named) {
    String scheme = named.toUri().getScheme();
    if (OF_KEYS.contains(scheme) && uri.replaceFirst("^[^:]*://", "").contains("//")) {
      throw new UserError(
          INPUT,
          uri
              + ": has two slashes side by side, of which Hadoop's connectors make one, another"
              + " name; copy what is there to a name without");
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
    java.nio.file.Path copy = here(name);
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

  /** Where a copy goes; its end says what it is. */
  static java.nio.file.Path here(String name) throws IOException {
    return Files.createTempDirectory("interactions").resolve(new Path(name).getName());
  }

  /** Removes what {@link #copy} and {@link RemoteHead} made. */
  static void remove(java.nio.file.Path copy) throws IOException {
    Files.deleteIfExists(copy);
    Files.deleteIfExists(copy.getParent());
  }
}
