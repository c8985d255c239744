"""An answer belongs to its request, whatever interrupts the wait for it."""

import pickle

import pytest
import sympy as sp

from derivations.engine.worker import Worker, WorkerLostError
from theory.domain import Domain
from theory.statements import Identity

x = sp.Symbol("x", positive=True)
RIGHT = Identity(sp.sin(x) ** 2 + sp.cos(x) ** 2, 1, Domain({x: (0, 1)}))
WRONG = Identity(sp.sin(x) ** 2 - sp.cos(x) ** 2, 1, Domain({x: (0, 1)}))


class Interrupted(BaseException):
    """What a test's time limit or a keyboard raises in the middle of a wait."""


@pytest.fixture
def worker():
    worker = Worker()
    yield worker
    worker.close()


def test_an_interrupted_wait_does_not_leave_its_answer_to_the_next_request(worker, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(worker, "_answer", lambda timeout: (_ for _ in ()).throw(Interrupted))
        with pytest.raises(Interrupted):
            worker.request((RIGHT, 10.0, 0), 10.0)
    assert worker.request((WRONG, 10.0, 0), 10.0).status == "refuted"
    assert worker.request((RIGHT, 10.0, 0), 10.0).status == "proved"


def test_an_answer_with_another_number_is_refused(worker):
    assert worker.request((RIGHT, 10.0, 0), 10.0).status == "proved"
    worker._answers.put(pickle.dumps((1, False, "stale")))
    with pytest.raises(WorkerLostError, match="instead of 2"):
        worker.request((WRONG, 10.0, 0), 10.0)
