"""What a person takes away from a result: a page for a clinician, plain text, and the answer as data."""
