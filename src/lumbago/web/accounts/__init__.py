"""Accounts, for a site that several people use. On one's own machine there are none."""
