"""The logs that the integration tests read: the recordings in tests/data/lab and, where it lies beside the clone,
the corpus of ../shared."""

import glob
import os

import audit_log

SOURCE = os.environ["SOURCE"]
DATA = os.path.join(SOURCE, "tests", "data", "lab")
CORPUS = os.path.join(SOURCE, "..", "shared", "corpus")

ENRICHED = sorted(glob.glob(os.path.join(DATA, "enriched", "*.log.xz")))
BUSY = os.path.join(DATA, "busy", "1.log.xz")


def raw_log(enriched, path):
    """Writes `enriched` to `path` as auditd would have with log_format = RAW and name_format = hostname."""
    with open(path, "wb") as file:
        for line in audit_log.lines(audit_log.read(enriched)):
            file.write(b"node=labhost " + line.split(b"\x1d")[0] + b"\n")


def public_logs():
    """The logs of the corpus: none where it isn't there."""
    return sorted(glob.glob(os.path.join(CORPUS, "**", "*.log"), recursive=True))
