"""Measuring the product: evaluation on cases, the model against the literature, batches, export."""
