// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files of a schema and rows of one's own. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * Writes a file.
   *
   * @param rows fills rows, each of which it asks for
   * @return the file
   */
  public static Path write(Path file, String schema, Consumer<Supplier<Group>> rows)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    List<Group> groups = new ArrayList<>();
    rows.accept(
        () -> {
          groups.add(new SimpleGroup(type));
          return groups.get(groups.size() - 1);
        });
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (Group group : groups) {
        writer.write(group);
      }
    }
    return file;
  }

  /** A number in 16 bytes. */
  public static Binary decimal(String number, int scale) {
    byte[] own = new BigDecimal(number).setScale(scale).unscaledValue().toByteArray();
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) (own[0] < 0 ? -1 : 0));
    System.arraycopy(own, 0, bytes, bytes.length - own.length, own.length);
    return Binary.fromConstantByteArray(bytes);
  }
}
