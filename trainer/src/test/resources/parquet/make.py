"""Writes the files beside it: the same orders as others' programs write them, and one of odd columns.

Made with pandas 3.0.6, pyarrow 25.0.1 and fastparquet 2026.9.0: python3 make.py
"""
import decimal
import datetime
import uuid

import fastparquet
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 50
seconds = [1577836800 + i * 3607 for i in range(ROWS)]
orders = pd.DataFrame({
    "customer": [None if i == 7 else f"Zoë {i % 9}" for i in range(ROWS)],
    "sku": [(i * 7) % 13 + 1_000_000 for i in range(ROWS)],
    "rating": [float("nan") if i == 3 else i % 9 / 2 for i in range(ROWS)],
    "sold_at": pd.to_datetime(seconds, unit="s"),
})
with open("orders.csv", "w") as csv:
    csv.write("customer,sku,rating,sold_at\n")
    for row in orders.itertuples():
        csv.write(",".join([
            row.customer if isinstance(row.customer, str) else "",
            str(row.sku),
            "" if row.rating != row.rating else f"{row.rating:g}",
            row.sold_at.isoformat() + "Z",
        ]) + "\n")

table = pa.Table.from_pandas(orders)
orders.to_parquet("pandas.parquet")
pq.write_table(table, "int96.parquet", compression="gzip", use_deprecated_int96_timestamps=True)
pq.write_table(
    table, "groups.parquet", compression="zstd", row_group_size=20, data_page_version="2.0",
    use_dictionary=False, coerce_timestamps="ms", column_encoding={
        "customer": "DELTA_BYTE_ARRAY", "sku": "DELTA_BINARY_PACKED", "rating": "BYTE_STREAM_SPLIT",
    })
pq.write_table(table.cast(pa.schema([
    ("customer", pa.dictionary(pa.int32(), pa.large_string())), ("sku", pa.uint32()),
    ("rating", pa.float32()), ("sold_at", pa.timestamp("ns", "UTC")),
])), "lz4.parquet", compression="lz4", version="2.6")
fastparquet.write("fastparquet.parquet", orders.assign(sold_at=orders.sold_at.astype("datetime64[us]")))
pq.write_table(table, "brotli.parquet", compression="brotli")

pq.write_table(pa.table({
    "user": pa.array([{"id": "a"}, {"id": None}, None], pa.struct([("id", pa.string())])),
    "genres": pa.array([["Drama", None, "War"], [], None], pa.list_(pa.string())),
    "lists": pa.array([[[1]], None, []], pa.list_(pa.list_(pa.int32()))),
    "price": pa.array([decimal.Decimal("9.90"), None, decimal.Decimal("-0.05")], pa.decimal128(20, 2)),
    "day": pa.array([datetime.date(1969, 12, 31), None, datetime.date(2020, 2, 29)]),
    "key": pa.array([uuid.UUID(int=i).bytes for i in (1, 2, 3)], pa.uuid()),
    "raw": pa.array([b"\xff\x00", b"text", None], pa.binary()),
    "big": pa.array([2**64 - 1, 0, None], pa.uint64()),
    "share": pa.array([0.1, 1e20, float("nan")], pa.float32()),
    "sure": pa.array([True, False, None]),
}), "columns.parquet")

shop = [(f"c{u}", f"A-{(u * 5 + i * 7) % 12}", 1 + (u + i) % 3, 1600000000 + i * 86400 + u)
        for i in range(6) for u in range(30)]
shop = pd.DataFrame(shop, columns=["customer", "sku", "qty", "sold_at"])
shop.assign(sold_at=pd.to_datetime(shop.sold_at, unit="s")).to_parquet("shop.parquet", index=False)
pd.DataFrame({
    "ean": [f"A-{i}" for i in range(12)],
    "name": [f"Coat {i}" for i in range(12)],
    "categories": [["warm", "long"] if i % 2 else ["warm"] for i in range(12)],
}).to_parquet("goods.parquet", index=False)
