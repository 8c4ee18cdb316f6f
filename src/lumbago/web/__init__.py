"""The web app: the whole journey in a browser, on one's own machine or a clinic's site."""
