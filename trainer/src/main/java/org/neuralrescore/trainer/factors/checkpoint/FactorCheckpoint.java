// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.checkpoint;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.neuralrescore.trainer.base.journal.WholeFile;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.solver.Extrapolation;

/**
 * The state of a factorisation in a file: magic number, a key that says what it belongs to, rank,
 * sweeps, losses, W, H, a byte that says whether an extrapolation follows, that, and a CRC-32, all
 * big-endian. A file of another key or one that is damaged counts as none: a checkpoint saves time
 * and nothing else.
 */
public final class FactorCheckpoint {
  private static final int MAGIC = 0x4e524133;
  private static final int CHUNK = 1 << 13;

  private FactorCheckpoint() {}

  /**
   * Writes a state, whole or not at all.
   *
   * @param key all that decides the factors: data, options, seed
   */
  public static void write(Path file, String key, FactorState state) {
    WholeFile.write(file, raw -> write(raw, key, state));
  }

  /** As above, to where somebody else sees to it that it is there whole or not at all. */
  public static void write(OutputStream raw, String key, FactorState state) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeUTF(key);
    out.writeInt(state.factors().rank());
    out.writeInt(state.sweeps());
    out.writeInt(state.objective().size());
    for (double loss : state.objective()) {
      out.writeDouble(loss);
    }
    writeDoubles(out, state.factors().rows());
    writeDoubles(out, state.factors().columns());
    writeExtrapolation(out, state.extrapolation());
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /** Reads a state, or empty where there is none of this key, or none that is whole. */
  public static Optional<FactorState> read(Path file, String key) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), key);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * As above, from where somebody else has it.
   *
   * @param raw closed by the caller
   * @param size of all, in bytes
   */
  public static Optional<FactorState> read(InputStream raw, long size, String key)
      throws IOException {
    try {
      CheckedInputStream checked =
          new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32());
      DataInputStream in = new DataInputStream(checked);
      if (in.readInt() != MAGIC || !in.readUTF().equals(key)) {
        return Optional.empty();
      }
      // A damaged length must not ask for more memory than the file could fill.
      long most = size / Double.BYTES;
      int rank = in.readInt();
      int sweeps = in.readInt();
      int losses = length(in, most);
      List<Double> objective = new ArrayList<>();
      for (int s = 0; s < losses; s++) {
        objective.add(in.readDouble());
      }
      double[] users = readDoubles(in, most);
      double[] items = readDoubles(in, most);
      Optional<Extrapolation> extrapolation = readExtrapolation(in, most);
      long sum = checked.getChecksum().getValue();
      return in.readLong() == sum
          ? Optional.of(
              new FactorState(new Factors(rank, users, items), sweeps, objective, extrapolation))
          : Optional.empty();
    } catch (EOFException | UTFDataFormatException e) {
      return Optional.empty();
    }
  }

  private static void writeExtrapolation(DataOutputStream out, Optional<Extrapolation> written)
      throws IOException {
    out.writeBoolean(written.isPresent());
    if (written.isPresent()) {
      Extrapolation extrapolation = written.get();
      out.writeDouble(extrapolation.step());
      out.writeDouble(extrapolation.lastStep());
      out.writeDouble(extrapolation.ceiling());
      writeDoubles(out, extrapolation.rows());
      writeDoubles(out, extrapolation.columns());
    }
  }

  private static Optional<Extrapolation> readExtrapolation(DataInputStream in, long most)
      throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    double step = share(in);
    double lastStep = share(in);
    double ceiling = share(in);
    double[] rows = readDoubles(in, most);
    return Optional.of(new Extrapolation(rows, readDoubles(in, most), step, lastStep, ceiling));
  }

  /** The check sum comes behind: what damage made of a share must not be refused as one. */
  private static double share(DataInputStream in) throws IOException {
    double share = in.readDouble();
    if (!(share >= 0 && share <= 1)) {
      throw new EOFException("a share of " + share);
    }
    return share;
  }

  private static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      buffer.asDoubleBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Double.BYTES);
    }
  }

  private static int length(DataInputStream in, long most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new EOFException("a length of " + length);
    }
    return length;
  }

  private static double[] readDoubles(DataInputStream in, long most) throws IOException {
    double[] values = new double[length(in, most)];
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      in.readFully(buffer.array(), 0, n * Double.BYTES);
      buffer.asDoubleBuffer().get(values, from, n);
    }
    return values;
  }
}
