"""The process in which claims are examined: it can be killed, so that no claim can hang its caller.

``python -m derivations.engine.worker`` reads requests on standard input and answers on standard output, both as
length-prefixed pickles between our own two processes. The client starts it when it is first needed, without any
``__main__`` guard, starts it again after a kill, and closes it at exit.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from derivations.engine.kernel import kernel_digest
from derivations.engine.verdict import Interim

HEADER = struct.Struct("<Q")
STARTUP_SECONDS = 60.0
MEMORY_BYTES = 6 * 2**30
"""Address space of the worker: a claim that needs more fails alone."""


class WorkerTimeoutError(Exception):
    """No answer in time; the process was killed."""


class WorkerLostError(Exception):
    """The process could not be started, or ended by itself."""


class UnreadableError(Exception):
    """A request with classes that the worker cannot import, such as those of the caller's own script."""


class Worker:
    """The client's side of one worker process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        self._reader: threading.Thread | None = None
        self._owner = os.getpid()
        self._asked = 0
        self.kernel = ""
        """Digest of the sources that the process has imported."""

    def request(self, payload: Any, timeout: float) -> Any:
        """Send a request and wait for its answer; an ``Interim`` one if nothing better came in time.

        Raises
        ------
        WorkerTimeoutError
            If there is no answer in time.
        WorkerLostError
            If there is no process to ask, or it ended.
        """
        with self._lock:
            self._asked += 1
            message = HEADER.pack(self._asked) + pickle.dumps(payload)
            process = self._running()
            try:
                _write(_pipe(process.stdin), message)
                return self._answer(timeout)
            except OSError as error:
                self.close()
                raise WorkerLostError(f"the worker process ended: {error}") from error
            except BaseException:
                # Whatever interrupts the wait, an interrupt from the keyboard or from a test's time limit: the answer
                # that is still to come must not be taken for the answer to the next request.
                self.close()
                raise

    def _answer(self, timeout: float) -> Any:
        """The last answer that came in time; if it was not the final one, the process is killed."""
        deadline, standing = time.monotonic() + timeout, None
        while True:
            try:
                message = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self.close()
                if standing is None:
                    raise WorkerTimeoutError from None
                return standing
            if message is None:
                self.close()
                raise WorkerLostError("the worker process ended before it answered")
            number, reply = pickle.loads(message)
            if number != self._asked:
                self.close()
                raise WorkerLostError(f"the worker answered request {number} instead of {self._asked}")
            if not isinstance(reply, Interim):
                return reply
            standing = reply
            deadline = min(deadline, time.monotonic() + reply.patience)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # A forked child must not share its parent's pipes.
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        return _present(self._process)

    def _start(self) -> None:
        paths = [p or str(Path.cwd()) for p in sys.path]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "derivations.engine.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise WorkerLostError(f"no worker process can be started: {error}") from error
        self._answers = queue.Queue()
        arguments = (_pipe(self._process.stdout), self._answers)
        self._reader = threading.Thread(target=_collect, args=arguments, daemon=True)
        self._reader.start()
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        """The first answer says that the imports are done, so that a time limit starts with the work."""
        try:
            ready = self._answers.get(timeout=STARTUP_SECONDS)
        except queue.Empty:
            ready = None
        if ready is None:
            self.close()
            raise WorkerLostError("the worker process did not start")
        self.kernel = ready.decode()

    def close(self) -> None:
        """Kill the process, if there is one, and leave nothing behind."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self._reader is not None:
            self._reader.join(timeout=5)


def _pipe(pipe: Any) -> BinaryIO:
    if pipe is None:
        raise WorkerLostError("the worker process has no pipes")
    return pipe


def _present(process: subprocess.Popen[bytes] | None) -> subprocess.Popen[bytes]:
    if process is None:
        raise WorkerLostError("there is no worker process")
    return process


def _collect(stream: BinaryIO, answers: queue.Queue[bytes | None]) -> None:
    """Pass answers on; None when the stream ends."""
    with contextlib.suppress(OSError, ValueError):
        while (message := _read(stream)) is not None:
            answers.put(message)
    answers.put(None)


def _write(stream: BinaryIO, message: bytes) -> None:
    stream.write(HEADER.pack(len(message)) + message)
    stream.flush()


def _read(stream: BinaryIO) -> bytes | None:
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    message = stream.read(length)
    return message if len(message) == length else None


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system: then memory is not bounded
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def serve() -> None:
    """Answer requests until the input ends."""
    kernel = kernel_digest()
    from derivations.engine.examine import answered

    _bound_memory()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints must not disturb the answers.
    os.dup2(2, 1)
    _write(answers, kernel.encode())
    while (message := _read(requests)) is not None:
        _answer_one(message, answers, answered)


def _answer_one(message: bytes, answers: BinaryIO, answered: Callable[..., Any]) -> None:
    """Examine one claim; every answer carries the number of its request."""
    (number,) = HEADER.unpack_from(message)
    try:
        statement, timeout, seed = _loaded(message[HEADER.size :])
        reply = answered(statement, timeout, seed, lambda found: _write(answers, _dumped(number, found)))
    except Exception as error:  # whatever a claim provokes is an answer about that claim, not the end of the worker
        reply = error
    _write(answers, _dumped(number, reply))


def _loaded(message: bytes) -> Any:
    try:
        return pickle.loads(message)
    except (AttributeError, ImportError, TypeError) as error:
        raise UnreadableError(str(error)) from error


def _dumped(number: int, reply: Any) -> bytes:
    try:
        return pickle.dumps((number, reply))
    except (pickle.PicklingError, RecursionError, TypeError, AttributeError) as error:
        return pickle.dumps((number, RuntimeError(f"an answer that cannot be sent: {error}")))


SHARED = Worker()
"""The worker of this process."""
atexit.register(SHARED.close)

if __name__ == "__main__":
    # Run the module under its own name, so that its classes are the client's.
    from derivations.engine import worker  # noqa: PLW0406

    worker.serve()
