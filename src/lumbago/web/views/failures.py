"""Pages for what went wrong: what happened, in one sentence, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["bad_request", "csrf", "forbidden", "not_found", "server_error", "sorry"]


def sorry(
    request: HttpRequest, status: int, title: str, words: str, *, anew: bool = False
) -> HttpResponse:
    """A page that says what is wrong and where to go on, or that a new check is the way on."""
    shown = {"title": title, "words": words, "anew": anew}
    return render(request, "lumbago/sorry.html", shown, status=status)


def not_found(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """There is nothing at this address."""
    return sorry(request, 404, "This page does not exist", "Check the address, or start again.")


def bad_request(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """The request could not be read."""
    words = "Your browser sent something that we cannot read. Go back and try again."
    return sorry(request, 400, "We could not use that", words)


def forbidden(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """The request is not allowed."""
    return sorry(request, 403, "This is not allowed", "Go back, or start again.")


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    words = "Your answers are safe. Go back and try again."
    return sorry(request, 500, "Something went wrong on our side", words)


def csrf(request: HttpRequest, **_: object) -> HttpResponse:
    """The form does not carry the mark that shows that it came from our page."""
    words = "The page was open for too long, or cookies are off. Go back, reload the page, and try again."
    return sorry(request, 403, "We could not be sure that this came from you", words)
