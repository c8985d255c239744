"""The client of the process in which claims are examined: it can be killed, so that no claim can hang its caller.

The process is started when it is first needed, without any ``__main__`` guard, started again after a kill, replaced
when it has grown too large, and closed at exit. Threads take turns; a forked process starts one of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from derivations.engine.frames import LENGTH, read_frame, write_frame
from derivations.engine.interrupts import end_scripts_quietly
from derivations.engine.verdict import Interim

STARTUP_SECONDS = 60.0
HOME = Path(__file__).parents[2]
"""Where our packages lie."""


class WorkerTimeoutError(Exception):
    """No answer in time; the process was killed."""


class WorkerLostError(Exception):
    """The process ended before it answered."""


class NoWorkerError(Exception):
    """No process can be started here."""


class Worker:
    """The client's side of one worker process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        self._reader: threading.Thread | None = None
        self._left: list[Any] = []
        self._asked = 0
        self.kernel = ""
        """Digest of the sources that the process has imported."""

    def request(self, payload: Any, timeout: float) -> Any:
        """Send a request and wait for its answer; an ``Interim`` one if nothing better came in time.

        The time limit starts once it is this thread's turn and a process is there.

        Raises
        ------
        WorkerTimeoutError
            If there is no answer in time.
        WorkerLostError
            If the process ended before it answered.
        NoWorkerError
            If no process can be started.
        """
        with self._lock:
            self._asked += 1
            try:
                self._running()
                deadline = time.monotonic() + timeout
                self._send(LENGTH.pack(self._asked) + pickle.dumps(payload))
                return self._answer(deadline)
            except BaseException:
                # Whatever interrupts the wait, an interrupt from the keyboard or from a test's time limit: the answer
                # that is still to come must not be taken for the answer to the next request.
                self.close()
                raise

    def _send(self, message: bytes) -> None:
        """Send a message; once more if the process turns out to have ended while it was idle."""
        try:
            write_frame(_pipe(self._running().stdin), message)
        except OSError:
            self.close()
            try:
                write_frame(_pipe(self._running().stdin), message)
            except OSError as error:
                raise WorkerLostError(f"the worker process ended: {error}") from error

    def _answer(self, deadline: float) -> Any:
        """The last answer that came in time; if it was not the final one, the process is killed."""
        standing = None
        while True:
            try:
                message = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self.close()
                if standing is None:
                    raise WorkerTimeoutError from None
                return standing
            reply = self._opened(message)
            if not isinstance(reply, Interim):
                return reply
            standing = reply
            deadline = min(deadline, time.monotonic() + reply.patience)

    def _opened(self, message: bytes | None) -> Any:
        """The reply in a message, if it answers the request."""
        if message is None:
            raise WorkerLostError("the worker process ended before it answered, perhaps for want of memory")
        number, worn, reply = pickle.loads(message)
        if number != self._asked:
            raise WorkerLostError(f"the worker answered request {number} instead of {self._asked}")
        if worn:
            self.close()
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._started()
            self._wait_until_ready()
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        end_scripts_quietly()
        paths = [p or str(Path.cwd()) for p in sys.path]
        given = os.environ.get("PYTHONPATH")
        found_first = os.pathsep.join([str(HOME), given] if given else [str(HOME)])
        environment = {**os.environ, "PYTHONPATH": found_first, "PYTHONHASHSEED": "0"}
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "derivations.engine.service", *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise NoWorkerError(f"no worker process can be started: {error}") from error
        self._answers = queue.Queue()
        self._reader = threading.Thread(target=_collect, args=(_pipe(process.stdout), self._answers), daemon=True)
        self._reader.start()
        return process

    def _wait_until_ready(self) -> None:
        """The first answer says that the imports are done, so that a time limit starts with the work."""
        try:
            ready = self._answers.get(timeout=STARTUP_SECONDS)
        except queue.Empty:
            ready = None
        if ready is None:
            self.close()
            raise NoWorkerError("the worker process did not start")
        self.kernel = ready.decode()

    def close(self) -> None:
        """Kill the process, if there is one, and leave nothing behind."""
        process = self._process
        if process is None:
            return
        process.kill()  # before it is forgotten: a second interrupt may come at any place here
        self._process = None
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self._reader is not None:
            self._reader.join(timeout=5)

    def leave_to_parent(self) -> None:
        """In a forked child: let go of the parent's process and of its lock, without touching either."""
        if self._process is not None:
            self._left.append(self._process)  # kept, since its end would be taken for the end of the process
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError, AttributeError):
                    os.close(pipe.fileno())  # pyright: ignore[reportOptionalMemberAccess]
        self._process, self._reader, self._lock = None, None, threading.Lock()


def _pipe(pipe: Any) -> BinaryIO:
    if pipe is None:
        raise NoWorkerError("the worker process has no pipes")
    return pipe


def _collect(stream: BinaryIO, answers: queue.Queue[bytes | None]) -> None:
    """Pass answers on; None when the stream ends."""
    with contextlib.suppress(OSError, ValueError):
        while (message := read_frame(stream)) is not None:
            answers.put(message)
    answers.put(None)


SHARED = Worker()
"""The worker of this process."""


def _close_at_exit() -> None:
    with contextlib.suppress(ValueError):  # the interpreter of a thread that is not the main one
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    SHARED.close()


atexit.register(_close_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=SHARED.leave_to_parent)
