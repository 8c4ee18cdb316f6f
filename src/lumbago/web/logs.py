"""Log lines that hold no word of a person."""

import logging
import traceback

__all__ = ["NoAnswers"]

#: Loggers whose messages are fixed sentences. Others may have put what was sent into theirs.
FIXED = ("lumbago", "whitenoise", "uvicorn")


class NoAnswers(logging.Formatter):
    """Level, logger, and for an exception its kind and place. Its message may hold an answer."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = f"{record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            place = traceback.extract_tb(trace)[-1] if trace else None
            where = f" in {place.name}, line {place.lineno}" if place else ""
            return f"{line}: {kind.__name__}{where}"
        if record.name.split(".")[0] in FIXED:
            return f"{line}: {record.msg}"  # without its arguments
        return f"{line}: in {record.module}.{record.funcName}, line {record.lineno}"
