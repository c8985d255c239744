"""The process in which claims are examined: requests on standard input, answers on standard output.

Started by ``derivations.engine.worker`` as ``python -m derivations.engine.service``. Both are pickles between our own
two processes; no file is ever read as one.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from derivations.engine.bounds import bound_memory, end_after, is_worn, with_deep_stack
from derivations.engine.failure import UNREADABLE, Failure, failure
from derivations.engine.frames import LENGTH, read_frame, write_frame
from derivations.engine.kernel import kernel_digest

ORPHAN_SECONDS = 30.0
"""Beyond the time limit of a claim; only a process without a client lives that long."""


def serve() -> None:
    """Answer requests until the input ends."""
    kernel = kernel_digest()
    from derivations.engine.examine import answered

    bound_memory()
    # The caller's own folders come last: a file there that is named like a library's must not take its place.
    sys.path.extend(p for p in sys.argv[1:] if p not in sys.path)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt from the keyboard is the client's to handle
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints must not disturb the answers.
    os.dup2(2, 1)
    write_frame(answers, kernel.encode())
    with_deep_stack(lambda: _serve(requests, answers, answered))


def _serve(requests: BinaryIO, answers: BinaryIO, answered: Callable[..., Any]) -> None:
    waiting: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_read, args=(requests, waiting), daemon=True).start()
    while True:
        _answer_one(waiting.get(), answers, answered)


def _read(requests: BinaryIO, waiting: queue.Queue[bytes]) -> None:
    """Pass requests on. When the input ends, nobody waits for an answer any more, also not for one at work."""
    while (message := read_frame(requests)) is not None:
        waiting.put(message)
    os._exit(0)


def _answer_one(message: bytes, answers: BinaryIO, answered: Callable[..., Any]) -> None:
    """Examine one claim; every answer carries the number of its request, and whether this process is worn."""
    (number,) = LENGTH.unpack_from(message)
    reply = _reply(message[LENGTH.size :], answered, lambda found: write_frame(answers, _dumped(number, found)))
    end_after(0)
    write_frame(answers, _dumped(number, reply))


def _reply(message: bytes, answered: Callable[..., Any], interim: Callable[[Any], None]) -> Any:
    try:
        statement, timeout, *choices = pickle.loads(message)
    except (AttributeError, ImportError, TypeError) as error:
        return failure(error, UNREADABLE)
    except Exception as error:  # what rebuilding a claim provokes is an answer about it
        return failure(error)
    end_after(timeout + ORPHAN_SECONDS)
    try:
        return answered(statement, timeout, *choices, interim=interim)
    except Exception as error:  # whatever a claim provokes is an answer about that claim, not the end of the process
        return failure(error)


def _dumped(number: int, reply: Any) -> bytes:
    worn = is_worn() or (isinstance(reply, Failure) and reply.kind == "MemoryError")
    try:
        return pickle.dumps((number, worn, reply))
    except Exception as error:  # a reply with parts that cannot be sent is still an answer, in words
        return pickle.dumps((number, worn, failure(error)))


if __name__ == "__main__":
    # Run the module under its own name, so that its classes are the client's.
    from derivations.engine import service  # noqa: PLW0406

    service.serve()
