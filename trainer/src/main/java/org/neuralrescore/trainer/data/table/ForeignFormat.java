// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** What people have and we do not read, told by its first bytes, with what to make of it. */
enum ForeignFormat {
  /** APPNOTE.TXT 4.3.7; workbooks are such archives. */
  ZIP("PK\u0003\u0004", "is a zip archive or a workbook; unpack it, or save the sheet as CSV"),
  /** Compound files, MS-CFB 2.2. */
  WORKBOOK("\u00d0\u00cf\u0011\u00e0", "is an old workbook; save the sheet as CSV"),
  /** RFC 8878. */
  ZSTANDARD("(\u00b5/\u00fd", "is packed by zstd; unpack it, or pack it by gzip"),
  BZIP2("BZh", "is packed by bzip2; unpack it, or pack it by gzip"),
  XZ("\u00fd7zXZ", "is packed by xz; unpack it, or pack it by gzip"),
  LZ4("\u0004\"M\u0018", "is packed by lz4; unpack it, or pack it by gzip"),
  AVRO("Obj\u0001", "is Avro; write Parquet, JSON lines or CSV"),
  ORC("ORC", "is ORC; write Parquet, JSON lines or CSV") {
    @Override
    boolean starts(String first) {
      // Three letters may begin a text, too.
      return first.startsWith("ORC") && first.length() > 3 && first.charAt(3) < ' ';
    }
  },
  UTF_16_LITTLE("\u00ff\u00fe", "is UTF-16; convert it, for instance: iconv -f UTF-16 -t UTF-8"),
  UTF_16_BIG("\u00fe\u00ff", "is UTF-16; convert it, for instance: iconv -f UTF-16 -t UTF-8");

  private static final int LONGEST = 5;

  private final String magic;
  private final String advice;

  ForeignFormat(String magic, String advice) {
    this.magic = magic;
    this.advice = advice;
  }

  /** What it is and what to do, to stand behind a file's name. */
  String advice() {
    return advice;
  }

  boolean starts(String first) {
    return first.startsWith(magic);
  }

  /** The format that the next bytes begin, which stay to be read; empty of what may be a table. */
  static Optional<ForeignFormat> of(BufferedInputStream bytes) throws IOException {
    bytes.mark(LONGEST);
    String first = new String(bytes.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    bytes.reset();
    return Stream.of(values()).filter(format -> format.starts(first)).findFirst();
  }
}
