// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.neuralrescore.trainer.base.UserError;

/**
 * A Parquet file. Columns are its leaves, {@code user.id} for one inside a group; a list's values
 * are parted by {@code |}, and what is a list of lists is no column. Of a row group, which is read
 * whole, only those columns are read whose cells somebody asks for.
 */
public final class ParquetTable implements Table {
  private final String name;
  private final ParquetFileReader file;
  private final List<Leaf> leaves;
  private final List<BlockMetaData> groups;
  private long row;
  private int group = -1;
  private long rowInGroup;

  /** One column: its path in the schema, and where its reading stands in the present row group. */
  private static final class Leaf {
    private final String name;
    private final MessageType alone;
    private final ParquetText text;
    private ColumnReader reader;
    private long behind;
    private String cell = "";
    private int values;

    Leaf(MessageType schema, ColumnDescriptor column) {
      this.name = name(schema, column.getPath());
      this.alone = new MessageType(schema.getName(), only(schema, column.getPath(), 0));
      this.text = ParquetText.of(column.getPrimitiveType());
    }

    /** Without the levels that the format puts into a list: two, or one in older files. */
    private static String name(GroupType schema, String[] path) {
      StringJoiner name = new StringJoiner(".");
      Type type = schema;
      for (int i = 0; i < path.length; i++) {
        type = type.asGroupType().getType(path[i]);
        name.add(path[i]);
        if (type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
          Type repeated = type.asGroupType().getType(path[i + 1]);
          boolean element = isElement(repeated, path[i]);
          type = element ? repeated : repeated.asGroupType().getType(path[i + 2]);
          i += element ? 1 : 2;
        }
      }
      return name.toString();
    }

    /**
     * Whether what a list repeats is its element, and no wrapper of it: by the rules of the format
     * for files of older writers ("LogicalTypes", backward-compatibility rules of lists).
     */
    private static boolean isElement(Type repeated, String list) {
      return repeated.isPrimitive()
          || repeated.asGroupType().getFieldCount() > 1
          || repeated.getName().equals("array")
          || repeated.getName().equals(list + "_tuple");
    }

    private static Type only(GroupType within, String[] path, int depth) {
      Type type = within.getType(path[depth]);
      return type.isPrimitive()
          ? type
          : type.asGroupType().withNewFields(only(type.asGroupType(), path, depth + 1));
    }

    void begin(ParquetFileReader file, int group) throws IOException {
      file.setRequestedSchema(alone);
      reader =
          new ColumnReadStoreImpl(
                  file.readRowGroup(group),
                  new DummyRecordConverter(alone).getRootConverter(),
                  alone,
                  file.getFileMetaData().getCreatedBy())
              .getColumnReader(alone.getColumns().get(0));
      behind = -1;
    }

    /** Goes to a row of the row group; the rows passed by are not made into text. */
    String cell(long wanted) {
      int full = reader.getDescriptor().getMaxDefinitionLevel();
      for (; behind < wanted; behind++) {
        StringJoiner several = new StringJoiner("|");
        values = 0;
        do {
          if (reader.getCurrentDefinitionLevel() == full) {
            if (behind + 1 == wanted) {
              several.add(text.of(reader));
              values++;
            } else {
              reader.skip();
            }
          }
          reader.consume();
        } while (reader.getCurrentRepetitionLevel() != 0);
        cell = several.toString().trim();
      }
      return cell;
    }
  }

  private ParquetTable(String name, ParquetFileReader file) {
    this.name = name;
    this.file = file;
    this.groups = file.getRowGroups();
    MessageType schema = file.getFileMetaData().getSchema();
    this.leaves = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      if (column.getMaxRepetitionLevel() <= 1) {
        leaves.add(new Leaf(schema, column));
      }
    }
    if (leaves.isEmpty()) {
      throw new UserError(INPUT, name + ": has no column that is flat or a list; flatten it");
    }
    for (BlockMetaData block : groups) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (!ParquetCodecs.unpacks(chunk.getCodec())) {
          throw new UserError(
              INPUT,
              name
                  + ": is packed with "
                  + chunk.getCodec()
                  + "; write it with snappy, zstd, gzip, lz4_raw or without compression");
        }
      }
    }
  }

  /**
   * Opens.
   *
   * @param name what errors call it
   * @throws UserError of kind INPUT where it is damaged, encrypted, or packed in a way that is not
   *     read
   */
  public static ParquetTable of(Path path, String name) {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build();
    try {
      ParquetFileReader file = new ParquetFileReader(new LocalInputFile(path), options);
      try {
        return new ParquetTable(name, file);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  private static UserError damaged(String name, Exception e) {
    if (e instanceof UserError told) {
      return told;
    }
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new UserError(
        INPUT, name + ": is no whole Parquet file (" + why + "); write or copy it anew", e);
  }

  /** How many rows it has. */
  public long rowCount() {
    return groups.stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  @Override
  public List<String> columns() {
    return leaves.stream().map(leaf -> leaf.name).toList();
  }

  @Override
  public boolean next() {
    rowInGroup++;
    while (group < groups.size() && (group < 0 || rowInGroup >= groups.get(group).getRowCount())) {
      group++;
      rowInGroup = 0;
      leaves.forEach(leaf -> leaf.reader = null);
    }
    if (group == groups.size()) {
      return false;
    }
    row++;
    return true;
  }

  @Override
  public boolean several(int column) {
    cell(column);
    return leaves.get(column).values > 1;
  }

  @Override
  public String cell(int column) {
    Leaf leaf = leaves.get(column);
    try {
      if (leaf.reader == null) {
        leaf.begin(file, group);
      }
      return leaf.cell(rowInGroup);
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  @Override
  public String place() {
    return "row " + row;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
