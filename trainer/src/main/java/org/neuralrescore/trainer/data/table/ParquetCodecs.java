// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks pages in Java alone, in place of Hadoop's codecs with their 9 MB of native libraries. */
final class ParquetCodecs implements CompressionCodecFactory {
  /** Whether pages that are packed so can be read. */
  static boolean unpacks(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
      case LZO, BROTLI, LZ4 -> false;
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((packed, size) -> packed);
      case GZIP -> new Pages(ParquetCodecs::gunzip);
      case SNAPPY -> new Pages(by(new SnappyDecompressor()));
      case ZSTD -> new Pages(by(new ZstdDecompressor()));
      case LZ4_RAW -> new Pages(by(new Lz4Decompressor()));
      case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException("cannot unpack " + codec);
    };
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("nothing is written");
  }

  @Override
  public void release() {}

  @FunctionalInterface
  private interface Unpacking {
    byte[] apply(byte[] packed, int size) throws IOException;
  }

  private static byte[] gunzip(byte[] packed, int size) throws IOException {
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return plain.readNBytes(size);
    }
  }

  private static Unpacking by(Decompressor decompressor) {
    return (packed, size) -> {
      byte[] plain = new byte[size];
      int got = decompressor.decompress(packed, 0, packed.length, plain, 0, size);
      return got == size ? plain : new byte[0];
    };
  }

  private record Pages(Unpacking unpacking) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      byte[] plain = unpacking.apply(packed.toInputStream().readAllBytes(), size);
      if (plain.length != size) {
        throw new EOFException("a page of " + size + " bytes unpacks to others");
      }
      return BytesInput.from(plain);
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int size)
        throws IOException {
      throw new UnsupportedOperationException("pages are on the heap");
    }

    @Override
    public void release() {}
  }
}
