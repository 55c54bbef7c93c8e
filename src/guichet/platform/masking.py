"""No number of a person in a log, whoever writes it.

Records are masked when they are made, before any handler sees them: message, arguments, traceback.
So it holds for every role, every library and every handler, those of the servers too. A number
that stands nowhere but in the text of an uncaught exception is masked in the traceback on stderr.

Eleven digits with a right check are masked, with or without the usual punctuation; what is left is
the year. One number in fifty that is no person's is masked as well: nobody needs it that much.

No Django here: the ingest logs under the same rule.
"""

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Final

from guichet.kernel.niss import niss_check_holds

_LIKELY: Final = re.compile(
    r"(?<!\d)(?<!\d[.,])(\d\d)[ .]?(\d\d)[ .]?(\d\d)[ /-]?(\d{3})[ .-]?(\d\d)(?!\d)", re.ASCII
)
_MASK: Final = "*********"


def masked(text: str) -> str:
    """The text with every number of a person reduced to its first two digits."""
    return _LIKELY.sub(_mask, text)


def holds_number(text: str) -> bool:
    """Whether a number of a person stands in the text."""
    return any(_is_number(found) for found in _LIKELY.finditer(text))


def install() -> None:
    """From now on, in this process, no log record and no uncaught traceback holds a number."""
    if logging.getLogRecordFactory() is not _make_record:
        logging.setLogRecordFactory(_make_record)
        sys.excepthook = _on_accident
        threading.excepthook = _on_thread_accident


def _make_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    # A text without digits cannot hold one: the common case costs one look.
    text = _text_of(record)
    if text is not None and _LIKELY.search(text):
        record.msg, record.args = masked(text), None
    if record.exc_info and record.exc_info[0] is not None:
        # A formatter that finds the text of the exception uses it and asks for no other.
        record.exc_text = masked("".join(traceback.format_exception(*record.exc_info)).rstrip())
    return record


def _text_of(record: logging.LogRecord) -> str | None:
    try:
        return record.getMessage()
    except Exception:  # arguments that do not fit: the handler complains, as always
        record.args = None
        record.msg = masked(str(record.msg))
        return None


def _mask(found: re.Match[str]) -> str:
    return found[1] + _MASK if _is_number(found) else found[0]


def _is_number(found: re.Match[str]) -> bool:
    digits = "".join(found.groups())
    return not digits.startswith("000000000") and niss_check_holds(digits)


def _on_accident(
    kind: type[BaseException], fault: BaseException, where: TracebackType | None
) -> None:
    sys.stderr.write(masked("".join(traceback.format_exception(kind, fault, where))))


def _on_thread_accident(accident: threading.ExceptHookArgs) -> None:
    if accident.exc_value is not None and accident.exc_type is not SystemExit:
        _on_accident(accident.exc_type, accident.exc_value, accident.exc_traceback)
