"""The analyzer, run as a person would."""

import json
import os
import subprocess
import sys

PROGRAM = os.path.join(os.environ["BIN"], "analyzer")


def fail(text):
    sys.exit(f"FAILED: {text}")


def run(*arguments, status=0, stdin=b""):
    """Its standard output, as bytes. Any other exit status fails the test, and so does a sanitizer's report."""
    done = subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, check=False)
    errors = done.stderr.decode(errors="backslashreplace")
    if done.returncode != status or "Sanitizer" in errors or "runtime error" in errors:
        fail(f"analyzer {' '.join(arguments)}: status {done.returncode}, wanted {status}\n{errors}")
    return done.stdout


def ingest(store, *logs, stdin=b"", **wanted):
    """What ingest says at its end, as a dict."""
    return json.loads(run("ingest", "--store", store, "--format", "json", *logs, stdin=stdin, **wanted))


def timeline(store, *arguments):
    """The store's events, oldest first."""
    output = run("timeline", "--store", store, "--format", "ndjson", *arguments)
    return [json.loads(line) for line in output.splitlines()]
