// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A Parquet value as delimited text would have it, so that both sorts of file say the same: times
 * and dates in ISO-8601, a whole number without a fraction even where a column with blanks made it
 * a double, NaN as blank. Bytes are UTF-8 where they can be, and else hexadecimal behind {@code
 * 0x}.
 */
@FunctionalInterface
interface ParquetText {
  /** Of 1970-01-01, in days since noon of -4713-11-24. */
  int EPOCH_JULIAN_DAY = 2_440_588;

  /** The present value, which is there. */
  String of(ColumnReader column);

  /** How values of a type are written. */
  static ParquetText of(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> column -> Boolean.toString(column.getBoolean());
      case INT32 -> {
        LongFunction<String> whole = whole(meaning, 0xffff_ffffL);
        yield column -> whole.apply(column.getInteger());
      }
      case INT64 -> {
        LongFunction<String> whole = whole(meaning, -1L);
        yield column -> whole.apply(column.getLong());
      }
      case FLOAT -> column -> NumberText.of(column.getFloat(), Float.toString(column.getFloat()));
      case DOUBLE ->
          column -> NumberText.of(column.getDouble(), Double.toString(column.getDouble()));
      case INT96 -> column -> int96(column.getBinary().toByteBuffer());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(meaning);
    };
  }

  /**
   * @param unsigned the bits that count where it has no sign
   */
  private static LongFunction<String> whole(LogicalTypeAnnotation meaning, long unsigned) {
    if (meaning instanceof TimestampLogicalTypeAnnotation time) {
      ChronoUnit unit =
          switch (time.getUnit()) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
          };
      return value -> Instant.EPOCH.plus(value, unit).toString();
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return value -> LocalDate.ofEpochDay(value).toString();
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> NumberText.of(BigDecimal.valueOf(value, decimal.getScale()));
    }
    return meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()
        ? value -> Long.toUnsignedString(value & unsigned)
        : Long::toString;
  }

  /** Nanoseconds of the day, then the Julian day: what Hive, Impala and older Spark write. */
  private static String int96(ByteBuffer value) {
    ByteBuffer parts = value.order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong(parts.position());
    long day = parts.getInt(parts.position() + Long.BYTES) - (long) EPOCH_JULIAN_DAY;
    return Instant.EPOCH.plus(day, ChronoUnit.DAYS).plusNanos(nanos).toString();
  }

  private static ParquetText bytes(LogicalTypeAnnotation meaning) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return column ->
          NumberText.of(
              new BigDecimal(new BigInteger(column.getBinary().getBytes()), decimal.getScale()));
    }
    if (meaning instanceof UUIDLogicalTypeAnnotation) {
      return column -> {
        ByteBuffer halves = ByteBuffer.wrap(column.getBinary().getBytes());
        return new UUID(halves.getLong(), halves.getLong()).toString();
      };
    }
    return column -> {
      byte[] bytes = column.getBinary().getBytes();
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return "0x" + HexFormat.of().formatHex(bytes);
      }
    };
  }
}
