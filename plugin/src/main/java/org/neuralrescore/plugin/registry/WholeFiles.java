// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * Files in one document each, as builds before 0.1.0 wrote them. Nothing writes any more of these;
 * the model put again lies in {@link FileParts}.
 *
 * @param hash the model's, which begins the id of each document
 * @param files by name
 */
public record WholeFiles(String hash, SortedSet<String> files) implements StoredFiles {
  static final byte KIND = 2;

  public WholeFiles {
    files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
  }

  /** The document of a file. */
  public String document(String file) {
    return hash + "-" + file;
  }

  @Override
  public List<String> documents() {
    return files.stream().map(this::document).toList();
  }

  /** Reads what {@link #writeTo} wrote behind its kind. */
  static WholeFiles read(StreamInput in) throws IOException {
    return new WholeFiles(
        in.readString(), new TreeSet<>(in.readCollectionAsList(StreamInput::readString)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeByte(KIND);
    out.writeString(hash);
    out.writeStringCollection(files);
  }

  /** The entry's hash and its files say it all. */
  @Override
  public XContentBuilder writeFields(XContentBuilder builder) {
    return builder;
  }
}
