"""Reasoning over compiled evidence: arrays and values in, values out; opens no file."""
