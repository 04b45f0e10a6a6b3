"""An audit log read anew, from the grammar in analyzer/record.h and not from the code, so that tests can hold the two
against each other. Slow and plain."""

import collections
import gzip
import lzma
import re
import subprocess

LINE_MAX = 64 * 1024
MAGIC = ((b"\x1f\x8b", gzip.decompress), (b"\xfd7zXZ\0", lzma.decompress))

HEADER = re.compile(
    rb"""(?P<prefix>.{0,255}?\ )??
         (?:node=(?P<node>[^ ]{1,255})\ )?
         type=(?P<type>[A-Z_-][A-Z0-9_-]{0,63}|[0-9]{1,64}|UNKNOWN\[[0-9]{1,55}\])\ (?:msg=)?
         audit\((?P<seconds>[0-9]{1,12})\.(?P<milliseconds>[0-9]{1,3}):(?P<serial>[0-9]{1,10})\)
         (?P<body>(?:[: ].*)?)""",
    re.VERBOSE | re.DOTALL)
BEGINNING = re.compile(rb"(?:^|(?<= ))(?:type|node)=")

Record = collections.namedtuple("Record", "number line node time serial type")


def read(path):
    """The bytes of a log, decompressed."""
    with open(path, "rb") as file:
        data = file.read()
    for magic, decompress in MAGIC:
        if data.startswith(magic):
            return decompress(data)
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout
    return data


def lines(data):
    """Its lines, without their newlines; a last one without a newline is a line too."""
    split = data.split(b"\n")
    return split if split[-1] else split[:-1]


def names_of_numbers(headers=("/usr/include/linux/audit.h", "/usr/include/libaudit.h")):
    """The names of record types by number, from the headers of the kernel and of libaudit. What user space asks of the
    kernel (below 1100, but USER and LOGIN) is no record and has no name in libaudit."""
    names = {}
    for header in headers:
        try:
            with open(header, encoding="utf-8", errors="replace") as file:
                text = file.read()
        except FileNotFoundError:
            continue
        for name, number in re.findall(r"^#define\s+AUDIT_(\w+)\s+(\d{4})\b", text, re.MULTILINE):
            if not re.match(r"(FIRST|LAST)_", name) and (int(number) >= 1100 or name in ("USER", "LOGIN")):
                names.setdefault(int(number), name)
    return names


NAMES = names_of_numbers()


def type_name(text):
    """What the record is called: a number that has a name goes by it. None where the number is too large."""
    digits = re.fullmatch(rb"UNKNOWN\[([0-9]+)\]|([0-9]+)", text)
    if digits:
        number = int(digits.group(1) or digits.group(2))
        return NAMES.get(number, text.decode()) if number <= 65535 else None
    return text.decode()


def parse(line, number=0):
    """The record that `line` is, or None."""
    if len(line) > LINE_MAX or b"\0" in line:
        return None
    bare = line[:-1] if line.endswith(b"\r") else line
    beginning = BEGINNING.search(bare)
    match = beginning and HEADER.fullmatch(bare)
    # the record begins at the first word that can begin one
    if not match or len(match["prefix"] or b"") != beginning.start():
        return None
    name = type_name(match["type"])
    seconds, serial = int(match["seconds"]), int(match["serial"])
    if name is None or seconds > 253402300799 or serial > 4294967295:
        return None
    return Record(number, line, match["node"] or b"", seconds * 1000 + int(match["milliseconds"]), serial, name)


def records(data):
    """Its records, in order."""
    for number, line in enumerate(lines(data), 1):
        record = parse(line, number)
        if record:
            yield record


def events(some_records):
    """{(node, time, serial): [type, ...]} in order of arrival."""
    found = collections.defaultdict(list)
    for record in some_records:
        found[record.node, record.time, record.serial].append(record.type)
    return found


def identity(key):
    """An event's id as the analyzer spells it."""
    node, time, serial = key
    text = f"{time // 1000}.{time % 1000:03}:{serial}"
    return f"{node.decode(errors='backslashreplace')}/{text}" if node else text
