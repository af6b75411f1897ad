// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
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
    read(reader, entry, new TreeMap<>(), entry.files().keySet().iterator(), listener);
  }

  private static void read(
      Reader reader,
      ModelEntry entry,
      Map<String, byte[]> read,
      Iterator<String> left,
      ActionListener<Map<String, byte[]>> listener) {
    if (!left.hasNext()) {
      listener.onResponse(read);
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
              read.put(file, bytes);
              read(reader, entry, read, left, delegate);
            }));
  }
}
