"""Methods with which ergonomists judge lifting, pushing, posture, vibration, sitting and running load.

Pure functions: arrays in and out, units in the names, no files but the packaged tables in `data/`. Each
module names the edition it follows, and `docs/prevention.md` holds its results against published ones.
"""
