"""The pages of prevention: from form fields to measurements, and from results to what a page shows."""
