"""The library of conditions: an article on each, as data, with what every statement rests on."""

from lumbago.learn.articles import SECTIONS, Article, Picture, Statement, load_articles

__all__ = ["SECTIONS", "Article", "Picture", "Statement", "load_articles"]
