"""Check the evidence files: `python -m lumbago.knowledge`."""

import sys

from lumbago.errors import EvidenceError
from lumbago.knowledge.files import data_files
from lumbago.knowledge.read import read_knowledge

if __name__ == "__main__":
    try:
        read_knowledge({path: entry.read_bytes() for path, entry in data_files().items()})
    except EvidenceError as error:
        sys.exit(str(error))
    print("The evidence files have no faults.")
