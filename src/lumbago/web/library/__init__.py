"""The pages to read: conditions, anatomy, myths, and the search over them, as plain values for templates."""
