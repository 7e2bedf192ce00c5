"""How the portal writes its log: where something went wrong, never with which text."""

import logging


class ContentFreeFormatter(logging.Formatter):
    """A line per event, and of an exception only its class and place.

    An exception's message may hold what a person typed, so it is left out
    (meldpunt.md 7, verified trap "exception text").
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line; a request's address is cut to its path."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0]:
            return f"{line} {record.exc_info[0].__name__} at {self.place(record)}"
        if record.name.startswith("django.request") or record.name.startswith("django.security"):
            status = getattr(record, "status_code", "")
            return f"{line} status={status}"
        return f"{line} {record.getMessage()}"

    @staticmethod
    def place(record: logging.LogRecord) -> str:
        """Module and line of the innermost frame."""
        traceback = record.exc_info[2] if record.exc_info else None
        while traceback and traceback.tb_next:
            traceback = traceback.tb_next
        if traceback is None:
            return "?"
        return f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}"
