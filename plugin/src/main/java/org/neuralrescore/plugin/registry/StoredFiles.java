// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/** Where the files of a model lie in their index. */
public sealed interface StoredFiles extends Writeable permits FileParts, WholeFiles {
  /** The ids of all documents. */
  List<String> documents();

  /** Writes what an entry's own fields do not say. */
  XContentBuilder writeFields(XContentBuilder builder) throws IOException;

  /** Reads what either wrote. */
  static StoredFiles read(StreamInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case FileParts.KIND -> FileParts.read(in);
      case WholeFiles.KIND -> WholeFiles.read(in);
      default -> throw new IOException("unknown kind of stored files [" + kind + "]");
    };
  }

  /** Reads the fields of an entry. */
  static StoredFiles of(Map<?, ?> json) {
    if (json.containsKey("upload")) {
      return FileParts.of(json);
    }
    TreeSet<String> files = new TreeSet<>();
    ((Map<?, ?>) json.get("files")).keySet().forEach(file -> files.add(String.valueOf(file)));
    return new WholeFiles((String) json.get("hash"), files);
  }
}
