// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.table.DataFile;

/** Layouts that shops, trackers and public data sets have. */
class InspectionTest {
  @TempDir Path directory;

  /**
   * A layout.
   *
   * @param name of the file
   * @param head its first line, or empty
   * @param line with U, I, N, K, S, T and D for numbers of user, item and line, the item's title,
   *     epoch seconds, an ISO time and a day of digits
   * @param columns user, item, rating and time, the last two empty where there are none
   */
  record Layout(String name, String head, String line, List<String> columns) {
    @Override
    public String toString() {
      return name;
    }

    String text() {
      StringBuilder text = new StringBuilder(head.isEmpty() ? "" : head + "\n");
      int n = 0;
      for (int user = 0; user < 40; user++) {
        for (int i = 0; i < 5; i++) {
          int item = (user * 5 + i * 7) % 24;
          long seconds = 1_577_880_000L + 86_400L * (i * 5 + user % 7) + n;
          text.append(
                  line.replace("{U}", "" + (1001 + user * 3))
                      .replace("{I}", "" + (20_001 + item * 11))
                      .replace("{N}", "" + n)
                      .replace("{K}", "Warm Coat " + item)
                      .replace("{R}", "" + (1 + n % 5))
                      .replace("{E}", List.of("view", "cart", "buy").get(n % 3))
                      .replace("{S}", "" + seconds)
                      .replace("{T}", Instant.ofEpochSecond(seconds).toString())
                      .replace("{D}", Instant.ofEpochSecond(seconds).toString().substring(0, 10)))
              .append('\n');
          n++;
        }
      }
      return text.toString();
    }
  }

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout(
            "shopify.csv",
            "Name,Email,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Created at",
            "#{N},u{U}@mail.com,{R},{K},9.90,SK-{I},{T}",
            List.of("Email", "Lineitem sku", "Lineitem quantity", "Created at")),
        new Layout(
            "woocommerce.csv",
            "Order ID,Order Date,Customer Id,Product Name,Product Id,Qty,Total",
            "{N},{T},{U},{K},{I},{R},19.90",
            List.of("Customer Id", "Product Id", "Qty", "Order Date")),
        new Layout(
            "analytics.csv",
            "event_date,event_timestamp,event_name,user_pseudo_id,item_id,item_name,country",
            "{D},{S}000001,{E},{U}.{U},{I},{K},DE",
            List.of("user_pseudo_id", "item_id", "", "event_timestamp")),
        new Layout(
            "retailrocket.csv",
            "timestamp,visitorid,event,itemid,transactionid",
            "{S}123,{U},{E},{I},",
            List.of("visitorid", "itemid", "", "timestamp")),
        new Layout(
            "reviews.jsonl",
            "",
            "{\"reviewerID\":\"A{U}\",\"asin\":\"B{I}\",\"helpful\":[0,{R}],\"reviewText\":\"a"
                + " long and honest text about {K}\",\"overall\":{R}.0,\"unixReviewTime\":{S}}",
            List.of("reviewerID", "asin", "overall", "unixReviewTime")),
        new Layout(
            "books.csv",
            "\"User-ID\";\"ISBN\";\"Book-Rating\"",
            "\"{U}\";\"{I}\";\"{R}\"",
            List.of("User-ID", "ISBN", "Book-Rating", "")),
        new Layout(
            "prices.csv",
            "customer,sku,unit_price,quantity,tax_rate,sold_at",
            "{U},{I},{R}.5,{N},7,{T}",
            List.of("customer", "sku", "quantity", "sold_at")),
        new Layout(
            "baskets.csv",
            "order_id,product_id,add_to_cart_order",
            "{U},{I},{R}",
            List.of("order_id", "product_id", "", "")),
        new Layout(
            "games.csv",
            "",
            "{U},\"{K}\",{E},{R}.5,0",
            List.of("column1", "column2", "column4", "")),
        new Layout(
            "clicks.dat", "", "{U},{T},{I},{E}", List.of("column1", "column3", "", "column2")),
        new Layout(
            "table.csv",
            "id|created_at|user_id|product_id|quantity|price_cents|status",
            "{N}|{T}|{U}|{I}|{R}|999|paid",
            List.of("user_id", "product_id", "quantity", "created_at")));
  }

  @Test
  void isNamedLikeQuantity_ofUnits_andNotOfWhatAUnitCosts() {
    for (String quantity :
        List.of("qty", "units", "Quantity", "total_plays", "Lineitem quantity")) {
      assertTrue(Inspection.isNamedLikeQuantity(quantity), quantity);
    }
    for (String none : List.of("unit_price", "view_duration", "unit_cost", "price")) {
      assertFalse(Inspection.isNamedLikeQuantity(none), none);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void of_findsTheColumns(Layout layout) throws IOException {
    Path file = Files.writeString(directory.resolve(layout.name()), layout.text());
    InteractionFormat format = Inspection.of(new DataFile(file)).format();
    assertEquals(
        layout.columns(),
        List.of(
            format.user(), format.item(), format.rating().orElse(""), format.time().orElse("")));
  }

  @Test
  void of_textsOfManyLines_isCutBetweenRows() throws IOException {
    StringBuilder reviews = new StringBuilder("user,item,stars,review\n");
    for (int n = 0; n < 400; n++) {
      reviews.append("u" + n % 40 + ",i" + n % 24 + "," + (1 + n % 5) + ",\"");
      reviews.append(("a long and honest line, with commas, of review " + n + "\n").repeat(99));
      reviews.append("the end\"\n");
    }
    Path file = Files.writeString(directory.resolve("reviews.csv"), reviews);
    InteractionFormat format = Inspection.of(new DataFile(file)).format();
    assertEquals(List.of("user", "item"), List.of(format.user(), format.item()));
    assertEquals("stars", format.rating().orElseThrow());
  }

  /** As pandas writes a frame that nobody gave names. */
  @Test
  void of_countedNames_areAHeader_andASlipAmongTimesIsTold() throws IOException {
    String text = new Layout("", "0,1,2", "u{U},i{I},{T}", List.of()).text();
    Inspection counted =
        Inspection.of(new DataFile(Files.writeString(directory.resolve("frame.csv"), text)));
    assertEquals(List.of("0", "1", "2"), counted.columns());
    assertEquals("2", counted.format().time().orElseThrow());

    String slip = text.replaceFirst("0,1,2\n", "") + "u1,i1,soon\n";
    Inspection doubted =
        Inspection.of(new DataFile(Files.writeString(directory.resolve("slip.csv"), slip)));
    assertEquals(Optional.empty(), doubted.format().time());
    assertTrue(doubted.doubts().toString().contains("but for such as [soon]"), doubted.toString());
    // Numbers alone may be anything.
    String numbers = new Layout("", "0,1,2", "{U},{I},{R}", List.of()).text();
    Inspection plain =
        Inspection.of(new DataFile(Files.writeString(directory.resolve("n.csv"), numbers)));
    assertEquals(List.of("column1", "column2", "column3"), plain.columns());
  }

  @Test
  void of_decimalCommas_areNumbersWhereTheReaderTakesThem() throws IOException {
    String line = "{U};{I};{R},5;{S}";
    String text = new Layout("", "user;item;rating;time", line, List.of()).text();
    Inspection semicolons =
        Inspection.of(new DataFile(Files.writeString(directory.resolve("s.csv"), text)));
    assertEquals("rating", semicolons.format().rating().orElseThrow());
    String quoted =
        new Layout("", "user,item,rating,time", "{U},{I},\"{R},5\",{S}", List.of()).text();
    Inspection commas =
        Inspection.of(new DataFile(Files.writeString(directory.resolve("c.csv"), quoted)));
    assertEquals(Optional.empty(), commas.format().rating());
    assertTrue(commas.doubts().toString().contains("[rating] is named like"), commas.toString());
  }

  @Test
  void of_datesThatAreNotUnderstood_orIdsThatBecameAmounts_isDoubted() throws IOException {
    for (String date : List.of("01/31/2020 12:00", "31-Jan-2020", "1.31.20")) {
      String text = new Layout("", "user,item,ordered", "u{U},i{I}," + date, List.of()).text();
      Path file = Files.writeString(directory.resolve("dates.csv"), text);
      String doubts = Inspection.of(new DataFile(file)).doubts().toString();
      assertTrue(doubts.contains("[ordered] looks like a time, and [" + date + "]"), doubts);
    }
    for (String id : List.of("{U}.0", "1.2{U}E+12")) {
      String text = new Layout("", "user,item,at", id + ",i{I},{T}", List.of()).text();
      Path file = Files.writeString(directory.resolve("floats.csv"), text);
      String doubts = Inspection.of(new DataFile(file)).doubts().toString();
      assertTrue(doubts.contains("the ids [user] are numbers and not all"), doubts);
    }
  }

  @Test
  void of_thousandsThatWouldBeFractions_isDoubted() throws IOException {
    String thousands =
        new Layout("", "user;item;plays;time", "{U};{I};{R},250;{S}", List.of()).text();
    assertDoubts(thousands, "[plays] has three digits behind every comma");
  }

  private void assertDoubts(String text, String start) throws IOException {
    Path file = Files.writeString(directory.resolve("doubted.txt"), text);
    List<String> doubts = Inspection.of(new DataFile(file)).doubts();
    assertEquals(1, doubts.size(), doubts.toString());
    assertTrue(doubts.get(0).startsWith(start), doubts.toString());
  }

  @Test
  void of_pricesAsTexts_areNotDoubtedAsRatings() throws IOException {
    String prices =
        new Layout("", "user,item,unit_price,time", "{U},{I},{R} EUR,{T}", List.of()).text();
    Path file = Files.writeString(directory.resolve("prices.txt"), prices);
    assertEquals(List.of(), Inspection.of(new DataFile(file)).doubts());
  }

  @Test
  void of_whatNoNameSpeaksFor_isDoubted() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("orders.csv"),
            new Layout("", "order_id,sku,when", "{U},{I},{T}", List.of()).text());
    List<String> doubts = Inspection.of(new DataFile(file)).doubts();
    assertTrue(doubts.get(0).startsWith("[order_id] is taken for the user"), doubts.toString());
    assertEquals(1, doubts.size(), doubts.toString());
  }
}
