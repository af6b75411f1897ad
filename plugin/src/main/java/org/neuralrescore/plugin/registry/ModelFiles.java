// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.elasticsearch.action.ActionListener;
import org.neuralrescore.bundle.Sha256;

/** Reads the files of a model one after the other, and checks that they are what was put. */
public final class ModelFiles {
  private ModelFiles() {}

  /** Reads one file of a model, unchecked. */
  public interface Reader {
    void read(ModelEntry entry, String file, ActionListener<byte[]> listener);
  }

  /** The listener gets all files by name, or the failure of the first that is not as it was put. */
  public static void read(
      Reader reader, ModelEntry entry, ActionListener<Map<String, byte[]>> listener) {
    Map<String, byte[]> read = new TreeMap<>();
    walk(
        reader, entry, read::put, entry.files().keySet().iterator(), listener.map(ignored -> read));
  }

  /** The same without keeping a file: no more than one is on the heap at a time. */
  static void check(Reader reader, ModelEntry entry, ActionListener<Void> listener) {
    walk(reader, entry, (file, bytes) -> {}, entry.files().keySet().iterator(), listener);
  }

  private static void walk(
      Reader reader,
      ModelEntry entry,
      BiConsumer<String, byte[]> read,
      Iterator<String> left,
      ActionListener<Void> listener) {
    if (!left.hasNext()) {
      listener.onResponse(null);
      return;
    }
    String file = left.next();
    reader.read(
        entry,
        file,
        listener.delegateFailureAndWrap(
            (delegate, bytes) -> {
              String expected = entry.files().get(file);
              String actual = Sha256.hex(bytes);
              if (!actual.equals(expected)) {
                throw new IllegalStateException(
                    "file ["
                        + file
                        + "] of model ["
                        + entry.id()
                        + "] in ["
                        + FileStore.INDEX
                        + "] expects sha256 "
                        + expected
                        + ", got "
                        + actual
                        + ": it was changed behind the registry, put the model again");
              }
              read.accept(file, bytes);
              walk(reader, entry, read, left, delegate);
            }));
  }
}
