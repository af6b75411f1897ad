// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words in columns' names that hint at what the column is, in the languages of shops we have seen.
 */
final class Words {
  static final Set<String> USER =
      Set.of(
          "user",
          "customer",
          "client",
          "visitor",
          "member",
          "person",
          "account",
          "buyer",
          "reader",
          "reviewer",
          "viewer",
          "listener",
          "subscriber",
          "shopper",
          "uid",
          "kunde",
          "kunden",
          "nutzer",
          "usuario",
          "cliente",
          "utilisateur");

  static final Set<String> ITEM =
      Set.of(
          "item",
          "product",
          "sku",
          "article",
          "movie",
          "film",
          "track",
          "song",
          "artist",
          "book",
          "isbn",
          "asin",
          "ean",
          "gtin",
          "upc",
          "barcode",
          "listing",
          "game",
          "course",
          "recipe",
          "video",
          "stock",
          "goods",
          "iid",
          "business",
          "hotel",
          "page",
          "content",
          "document",
          "doc",
          "post",
          "news",
          "artikel",
          "produkt",
          "ware",
          "producto",
          "produit",
          "articulo");

  static final Set<String> TIME =
      Set.of(
          "time",
          "timestamp",
          "datetime",
          "date",
          "ts",
          "at",
          "when",
          "day",
          "created",
          "purchased",
          "updated",
          "dt",
          "zeit",
          "datum",
          "fecha",
          "moment");

  /** Of a column that is a rating, whatever words stand beside them. */
  static final Set<String> SURE_RATING =
      Set.of(
          "rating",
          "star",
          "score",
          "preference",
          "vote",
          "quantity",
          "qty",
          "count",
          "play",
          "click",
          "view",
          "menge",
          "anzahl",
          "bewertung",
          "cantidad",
          "quantite");

  static final Set<String> RATING =
      Stream.concat(SURE_RATING.stream(), Stream.of("rate", "value", "amount", "unit"))
          .collect(Collectors.toUnmodifiableSet());

  /** Of a column that says how many of a thing, of those of {@link #RATING}. */
  static final Set<String> QUANTITY =
      Set.of(
          "quantity",
          "qty",
          "count",
          "play",
          "click",
          "view",
          "unit",
          "menge",
          "anzahl",
          "cantidad",
          "quantite");

  static final Set<String> NO_RATING =
      Set.of(
          "price",
          "cost",
          "duration",
          "total",
          "revenue",
          "discount",
          "tax",
          "preis",
          "age",
          "zip",
          "year",
          "precio",
          "prix");

  /** Of a column that says which, and not how much. */
  static final Set<String> ID = Set.of("id");

  /** Ids of something that is neither who nor what. */
  static final Set<String> OTHER_ID =
      Set.of(
          "order",
          "invoice",
          "basket",
          "transaction",
          "row",
          "index",
          "line",
          "receipt",
          "event",
          "session",
          "country",
          "city",
          "device",
          "channel",
          "store",
          "bestellung",
          "rechnung");

  static final Set<String> TITLE = Set.of("title", "name", "label", "titel", "titulo", "titre");

  /** Whose name it is, if not the item's. */
  static final Set<String> OTHER_NAME =
      Set.of(
          "brand",
          "supplier",
          "vendor",
          "seller",
          "manufacturer",
          "maker",
          "publisher",
          "author",
          "category",
          "file",
          "user",
          "customer",
          "country",
          "city",
          "store",
          "marke",
          "hersteller",
          "lieferant");

  static final Set<String> DESCRIPTION =
      Set.of(
          "description",
          "desc",
          "text",
          "abstract",
          "body",
          "summary",
          "plot",
          "overview",
          "about",
          "detail",
          "beschreibung",
          "descripcion");

  static final Set<String> CATEGORIES =
      Set.of(
          "genre",
          "genres",
          "category",
          "categories",
          "categorie",
          "tag",
          "kind",
          "type",
          "department",
          "kategorie",
          "rubric",
          "section");

  private Words() {}
}
