"""What is in a store, read without the analyzer: by SQL and, for the raw records, from the form that
schema/store/0001-events.sql describes."""

import contextlib
import sqlite3
import subprocess


@contextlib.contextmanager
def connect(path):
    """A connection that only reads, closed behind the block that uses it."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    try:
        yield database
    finally:
        database.close()


def _number(data, at):
    """The LEB128 number at `at`, and where it ends."""
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def _records(data):
    """[(line number, bytes)] of a run of raw records."""
    found, at = [], 0
    while at < len(data):
        line, at = _number(data, at)
        length, at = _number(data, at)
        found.append((line, data[at:at + length]))
        at += length
    return found


def _blocks(database):
    """The uncompressed blocks by number."""
    rows = database.execute("SELECT id, length, records FROM block ORDER BY id").fetchall()
    if not rows:
        return {}
    # frames behind each other are one stream to zstd
    stream = b"".join(row["records"] for row in rows)
    data = subprocess.run(["zstd", "-dc"], input=stream, stdout=subprocess.PIPE, check=True).stdout
    blocks, at = {}, 0
    for row in rows:
        blocks[row["id"]] = data[at:at + row["length"]]
        at += row["length"]
    if at != len(data):
        raise ValueError(f"{len(data)} bytes in the blocks, {at} by their lengths")
    return blocks


def counts(path):
    """How many rows each table has."""
    with connect(path) as database:
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _tables(database)}


def _tables(database):
    return [row[0] for row in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]


def _place(row):
    """(block, offset, length) of a row that says where records lie, and the columns that say so."""
    if "block_offset" in row.keys():
        return row["block_id"], row["block_offset"], row["block_length"]
    return row["block_id"], row["offset"], row["length"]


PLACES = {"block_id", "block_offset", "block_length", "offset", "length"}


def dump(path):
    """All rows of all tables but `block`, {table: [row, ...]}; where a row says in which block its records lie, it has
    the records instead."""
    with connect(path) as database:
        blocks = _blocks(database)
        tables = {}
        for name in _tables(database):
            if name == "block":
                continue
            rows = tables[name] = []
            for row in database.execute(f"SELECT * FROM {name}"):
                if "block_id" in row.keys():
                    block, offset, length = _place(row)
                    columns = [value for key, value in zip(row.keys(), row) if key not in PLACES]
                    rows.append((*columns, *_records(blocks[block][offset:offset + length])))
                else:
                    rows.append(tuple(row))
            rows.sort(key=repr)
        return tables


def difference(left, right):
    """The first thing in which two dumps are not the same, or None."""
    if left == right:
        return None
    for name in sorted(set(left) | set(right)):
        ours, theirs = left.get(name, []), right.get(name, [])
        if ours != theirs:
            only = [row for row in ours if row not in set(theirs)][:2], [row for row in theirs if row not in set(ours)][:2]
            return f"table {name}: {len(ours)} and {len(theirs)} rows; only in one: {only[0]}; only in the other: {only[1]}"
    return "nothing that could be named"


def events(path):
    """What the store says of each event, {(node, time, serial): ...}, without the numbers of rows and without where in
    which log its records stood: the same for any two stores that hold the same records."""
    with connect(path) as database:
        blocks = _blocks(database)
        strings = dict(database.execute("SELECT id, value FROM string").fetchall())
        found, keys = {}, {}
        for row in database.execute("SELECT * FROM event"):
            said = _said(row, strings)
            key = keys[row["id"]] = (said.pop("node_id"), said.pop("time"), said.pop("serial"))
            said["types_id"] = sorted(said["types_id"].split(b","))
            found[key] = {"says": said, "paths": [], "records": []}
        for row in database.execute("SELECT * FROM path ORDER BY event_id, ordinal"):
            found[keys[row["event_id"]]]["paths"].append(_said(row, strings))
        for row in database.execute("SELECT * FROM fragment"):
            block, offset, length = _place(row)
            found[keys[row["event_id"]]]["records"] += [line for _, line in _records(blocks[block][offset:offset + length])]
        for row in database.execute("SELECT event_id, uuid FROM finding JOIN rule ON rule.id = rule_id"):
            found[keys[row["event_id"]]].setdefault("found", []).append(row["uuid"])
        for event in found.values():
            event["records"].sort()
            event.get("found", []).sort()
        return found


def _said(row, strings):
    """A row's columns, with the texts that it refers to by number."""
    return {key: strings[row[key]] if key.endswith("_id") and row[key] is not None else row[key] for key in row.keys()
            if key not in PLACES and key not in ("id", "source_id", "event_id")}
