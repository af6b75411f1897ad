// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs:///user/etl/orders.csv",
        "hdfs://host:8020/a",
        "dbfs:/mnt/x.csv",
        "viewfs:/a/b",
        "s3a://bucket/a//b.csv",
        "file:/a b"
      })
  void uri_isKeptLetterByLetter(String text) {
    assertTrue(new Location(text).isUri());
    assertEquals(text, new Location(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b.csv", "/a:/b", "-", "C:/a", "hdfs:", "orders:2020.csv"})
  void anythingElse_isAPath(String text) {
    assertFalse(new Location(text).isUri());
    assertEquals(Path.of(text), new Location(text).path());
  }
}
