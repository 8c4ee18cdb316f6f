"""The evidence as pages: every record in plain words, and every number with where it comes from."""
