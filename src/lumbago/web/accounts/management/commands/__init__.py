"""Commands for whoever runs a site with accounts."""
