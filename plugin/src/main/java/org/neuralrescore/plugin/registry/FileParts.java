// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.plugin.serving.Bundle;

/**
 * Files in documents of at most {@value #PART_BYTES} bytes each, which one upload wrote and no
 * other ever writes to. Whoever registers an upload last wins; what no entry names is swept.
 *
 * @param upload begins the id of each document; hex digits
 * @param bytes length by file name
 */
public record FileParts(String upload, SortedMap<String, Integer> bytes) implements StoredFiles {
  static final byte KIND = 1;

  /** The largest part: what one request writes or reads, so that no file is on the heap twice. */
  public static final int PART_BYTES = 2 << 20;

  public FileParts {
    bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
    long all = 0;
    for (Map.Entry<String, Integer> file : bytes.entrySet()) {
      all += file.getValue();
      if (file.getValue() < 0 || all > Bundle.MAX_BYTES) {
        throw new IllegalArgumentException(
            "the files of a model expect lengths of at least 0 and of at most "
                + Bundle.MAX_BYTES
                + " in all, got "
                + bytes);
      }
    }
  }

  /** A new upload of these files. */
  public static FileParts of(Map<String, byte[]> files, Random random) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    TreeMap<String, Integer> bytes = new TreeMap<>();
    files.forEach((file, content) -> bytes.put(file, content.length));
    return new FileParts(HexFormat.of().formatHex(id), bytes);
  }

  /** How many parts a file has; an empty one has one. */
  public int parts(String file) {
    return Math.max(1, (bytes.get(file) + PART_BYTES - 1) / PART_BYTES);
  }

  /** The length of a part. */
  public int length(String file, int part) {
    return Math.min(PART_BYTES, bytes.get(file) - part * PART_BYTES);
  }

  /** The document of a part. */
  public String document(String file, int part) {
    return upload + "-" + part + "-" + file;
  }

  @Override
  public List<String> documents() {
    List<String> documents = new ArrayList<>();
    for (String file : bytes.keySet()) {
      for (int part = 0; part < parts(file); part++) {
        documents.add(document(file, part));
      }
    }
    return documents;
  }

  /** Reads what {@link #writeTo} wrote behind its kind. */
  static FileParts read(StreamInput in) throws IOException {
    return new FileParts(in.readString(), new TreeMap<>(in.readMap(StreamInput::readVInt)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeByte(KIND);
    out.writeString(upload);
    out.writeMap(bytes, StreamOutput::writeVInt);
  }

  @Override
  public XContentBuilder writeFields(XContentBuilder builder) throws IOException {
    return builder.field("bytes", bytes).field("upload", upload);
  }

  /** Reads the two fields of an entry. */
  static FileParts of(Map<?, ?> json) {
    Map<String, Integer> bytes = new HashMap<>();
    ((Map<?, ?>) json.get("bytes"))
        .forEach((file, length) -> bytes.put(String.valueOf(file), ((Number) length).intValue()));
    return new FileParts((String) json.get("upload"), new TreeMap<>(bytes));
  }
}
