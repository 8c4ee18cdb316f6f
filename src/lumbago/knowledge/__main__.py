"""Check the evidence files, the lexicon among them: `python -m lumbago.knowledge`."""

import sys

from lumbago.errors import EvidenceError
from lumbago.knowledge.checks import lexicon_faults
from lumbago.knowledge.files import data_files
from lumbago.knowledge.read import read_knowledge

if __name__ == "__main__":
    try:
        contents = {path: entry.read_bytes() for path, entry in data_files().items()}
        if faults := list(lexicon_faults(read_knowledge(contents))):
            raise EvidenceError(faults)
    except EvidenceError as error:
        sys.exit(str(error))
    print("The evidence files have no faults.")
