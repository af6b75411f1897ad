// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParserTest {
  @ParameterizedTest
  @CsvSource({
    "964982703, 964982703000",
    "964982703123, 964982703123",
    "-1, -1000",
    "1970-01-02, 86400000",
    "1970-01-01T00:00:01Z, 1000",
    "1970-01-01T01:00:01+01:00, 1000",
    "1970-01-01T00:00:01, 1000",
    "1970-01-01 00:00:01, 1000",
    "1970-01-01 00:01, 60000",
    "1970-01-01T00:00:01.250Z, 1250",
    "1600000000000000, 1600000000000",
    "1600000000000000000, 1600000000000",
    "20200101, 1577836800000",
    "20200101123000, 1577881800000",
    "1.6e9, 1600000000000",
    "1600000000.0, 1600000000000",
    "1600000000.25, 1600000000250",
    "1.6E+12, 1600000000000",
    "2020-01-31 12:00:00 UTC, 1580472000000",
    "2020-01-31 12:00 GMT, 1580472000000",
    "2020-01-31 12:00:00 +0200, 1580464800000",
    "2020-01-31T12:00:00+02:00[Africa/Cairo], 1580464800000",
    "2020/01/31, 1580428800000",
    "2020/01/31 12:00:00.5, 1580472000500",
    "31.01.2020, 1580428800000",
    "1.2.2020 12:00, 1580558400000",
  })
  void parse_readsEverySpelling(String text, long millis) {
    assertEquals(millis, TimeParser.parse(text).orElseThrow().millis());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "1970-13-01",
        "12:00",
        "9999-12-31",
        "1e40",
        "1.6e",
        "NaN",
        "0x10",
        "01/02/2003",
        "31.01.20",
        "30.02.2020",
        "2020-01-31T12:00:00[Africa/Cairo]",
        "2020-01-31UTC",
        "2020/1/31",
        "2011-12-09X"
      })
  void parse_whenNoTime_isEmpty(String text) {
    assertTrue(TimeParser.parse(text).isEmpty());
  }

  @Test
  void parse_whenBeyondLong_isEmpty() {
    assertTrue(TimeParser.parse("9".repeat(40)).isEmpty());
  }
}
