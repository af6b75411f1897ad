// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release.report;

import java.util.List;

/** A part of a page: a heading, a sentence on how to read it, and one figure. */
public sealed interface Section {
  /** The heading. */
  String heading();

  /** How to read the figure; may be empty. */
  String note();

  /**
   * Lines over a common axis.
   *
   * @param xLabel what the horizontal axis counts
   * @param curves one a line
   */
  record Curves(String heading, String note, String xLabel, List<Curve> curves) implements Section {
    public Curves {
      curves = List.copyOf(curves);
    }
  }

  /**
   * One line.
   *
   * @param name in the legend
   * @param points in order of x
   */
  record Curve(String name, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
      if (points.stream().anyMatch(p -> !Double.isFinite(p.x()) || !Double.isFinite(p.y()))) {
        throw new IllegalArgumentException("curve [" + name + "] has a point that is not finite");
      }
    }
  }

  /** A point of a line. */
  record Point(double x, double y) {}

  /** Values with intervals, one a row, on one axis from zero. */
  record Intervals(String heading, String note, List<Interval> rows) implements Section {
    public Intervals {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A value between bounds.
   *
   * @param name of the row
   * @param low lower bound, at most {@code value}
   * @param value the estimate
   * @param high upper bound, at least {@code value}
   * @param marked whether this is the one that ships
   */
  record Interval(String name, double low, double value, double high, boolean marked) {
    public Interval {
      if (!(low <= value && value <= high)) {
        throw new IllegalArgumentException(
            "interval ["
                + name
                + "] expects low <= value <= high, got "
                + low
                + ", "
                + value
                + ", "
                + high);
      }
    }
  }

  /** Rows of text under a header. */
  record Table(String heading, String note, List<String> header, List<List<String>> rows)
      implements Section {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
      int columns = header.size();
      if (rows.stream().anyMatch(row -> row.size() != columns)) {
        throw new IllegalArgumentException(
            "table [" + heading + "] expects " + columns + " cells in each row");
      }
    }
  }

  /**
   * Points of the unit square beside its diagonal, where both sides agree.
   *
   * @param xLabel what is said
   * @param yLabel what is so
   */
  record Diagonal(String heading, String note, String xLabel, String yLabel, List<Dot> dots)
      implements Section {
    public Diagonal {
      dots = List.copyOf(dots);
    }
  }

  /**
   * A point that stands for many.
   *
   * @param x from 0 to 1
   * @param y from 0 to 1
   * @param count how many, at least 1: the area of the dot
   */
  record Dot(double x, double y, long count) {
    public Dot {
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1) || count < 1) {
        throw new IllegalArgumentException(
            "dot expects x and y from 0 to 1 and a count of at least 1, got "
                + x
                + ", "
                + y
                + ", "
                + count);
      }
    }
  }

  /**
   * A table with a bar in each row.
   *
   * @param header of name, share and texts
   */
  record Shares(String heading, String note, List<String> header, List<Share> rows)
      implements Section {
    public Shares {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
      int texts = header.size() - 2;
      if (rows.stream().anyMatch(row -> row.texts().size() != texts)) {
        throw new IllegalArgumentException(
            "shares [" + heading + "] expect " + texts + " texts in each row");
      }
    }
  }

  /**
   * One row.
   *
   * @param share from 0 to 1
   * @param texts the other columns
   */
  record Share(String name, double share, List<String> texts) {
    public Share {
      texts = List.copyOf(texts);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share [" + name + "] expects a value from 0 to 1, got " + share);
      }
    }
  }
}
