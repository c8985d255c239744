"""Hostile and huge claims get an answer or a clear refusal in time, and cost nothing but themselves."""

import os
import pickle
import signal
import threading
import time

import pytest
import sympy as sp

from derivations.engine.failure import LONGEST_REASON, Failure, failure
from derivations.engine.fork import in_a_copy
from derivations.engine.verify import verify
from derivations.engine.worker import SHARED, Worker, WorkerLostError, WorkerTimeoutError
from theory.domain import Domain
from theory.nodes import distinct_nodes, nesting
from theory.statements import Identity
from theory.sums import Sigma, free_names

x = sp.Symbol("x")
k = sp.Symbol("k", integer=True)
D = Domain({x: (0, 1)})
EASY = Identity(sp.cosh(x) ** 2 - sp.sinh(x) ** 2, 1, D)
BAD_NAME = sp.Symbol('__import__("os").system("exit 3")')


def nested(levels):
    expression = x
    for _ in range(levels):
        expression = sp.sin(expression, evaluate=False)
    return expression


def shared(levels):
    """An expression of 2^levels leaves, all one object."""
    expression = x
    for _ in range(levels):
        expression = sp.Add(sp.sin(expression), sp.cos(expression), evaluate=False)
    return expression


def power(exponent):
    return sp.Pow(2, exponent, evaluate=False)


HUGE = {
    "shared parts": lambda: Identity(shared(60), shared(60) + 1, D),
    "a power": lambda: Identity(power(10**9), x, D),
    "a sum": lambda: Identity(Sigma(sp.sin(k * x), (k, 1, 10**12)), x, D),
    "many terms": lambda: Identity(
        sp.Add(*[sp.Pow(x, n, evaluate=False) for n in range(2, 20000)], evaluate=False), x, D
    ),
    "a large matrix": lambda: Identity(sp.eye(100) * x, sp.eye(100) * (x + 1), D),
    "a large integer": lambda: Identity(sp.Integer(10) ** 9000 * x, x, D),
    "a name that is code": lambda: Identity(BAD_NAME, BAD_NAME + 1, Domain({BAD_NAME: (0, 1)})),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_claim_is_answered_in_time_and_never_accepted(name):
    claim = HUGE[name]()
    verify(EASY)
    start = time.perf_counter()
    assert verify(claim, timeout=0.3).status in ("refuted", "inconclusive")
    assert time.perf_counter() - start < 40  # it would take far longer


def test_the_next_claim_is_unaffected():
    verify(HUGE["a power"](), timeout=0.2)
    assert verify(EASY).status == "proved"


def test_deep_nesting_is_refused_where_the_claim_is_made():
    with pytest.raises(ValueError, match=r"nested 5\d\d deep.*definitions"):
        Identity(nested(500), x, D)


def test_nesting_within_the_bound_has_an_answer():
    assert verify(Identity(nested(150), nested(150) + 1, D), timeout=2.0).status in ("refuted", "inconclusive")


def test_shared_parts_are_visited_once():
    expression = shared(60)
    visited = sum(1 for _ in distinct_nodes(expression))  # counted first: a failing test must not write it out
    assert 1 + 3 * 60 <= visited <= 3 + 3 * 60  # SymPy may have made its first leaf twice
    assert nesting(expression) == 120
    assert free_names(expression) == {x}


def test_free_names_are_found_under_each_binder_that_shares_a_part():
    assert free_names(sp.Add(sp.Integral(sp.sin(x), (x, 0, 1)), sp.sin(x), evaluate=False)) == {x}
    assert free_names(sp.Integral(sp.sin(x), (x, 0, 1))) == set()


def test_a_hanging_copy_ends_at_its_time_limit():
    start = time.perf_counter()
    with pytest.raises(WorkerTimeoutError):
        in_a_copy(lambda: time.sleep(60), 0.2)
    assert time.perf_counter() - start < 40  # it would take far longer


def test_a_copy_answers_fails_or_ends():
    assert in_a_copy(lambda: "x" * 300_000, 10.0) == "x" * 300_000
    assert in_a_copy(lambda: 1 // 0, 10.0).kind == "ZeroDivisionError"
    with pytest.raises(WorkerLostError):
        in_a_copy(lambda: os._exit(1), 10.0)


def test_a_class_of_the_caller_is_examined_in_a_copy():
    class Mine(sp.Function):
        pass

    assert verify(Identity(Mine(x) + Mine(x), 2 * Mine(x) + 1, D)).status != "proved"


def test_a_hostile_text_is_no_obstacle():
    class Unspeakable(sp.Function):
        def __str__(self):
            raise RuntimeError

        __repr__ = __str__

    assert verify(Identity(Unspeakable(x), x, D)).status in ("refuted", "inconclusive")
    assert verify(EASY).status == "proved"


def test_an_error_in_words_is_short_and_never_fails():
    class Unspeakable(Exception):
        def __str__(self):
            raise RuntimeError

    assert "cannot be written" in failure(Unspeakable()).text
    assert len(failure(ValueError("x" * 9999)).text) == LONGEST_REASON


def test_a_worn_process_is_replaced_after_its_answer():
    worker = Worker()
    try:
        assert worker.request((EASY, 10.0, 0), 10.0).status == "proved"
        first = worker._process
        reply = Failure(kind="MemoryError", text="")
        assert worker._opened(pickle.dumps((1, True, reply))) == reply
        assert worker._process is None
        assert worker.request((EASY, 10.0, 0), 10.0).status == "proved"
        assert worker._process is not first
    finally:
        worker.close()


def test_threads_get_their_own_answers():
    answers = {}

    def ask(shift):
        answers[shift] = verify(Identity(x + shift, x + 3, D)).status

    threads = [threading.Thread(target=ask, args=(shift,)) for shift in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {shift: "proved" if shift == 3 else "refuted" for shift in range(6)}


def test_a_forked_process_has_its_own_worker_and_leaves_its_parents_alone():
    assert verify(EASY).status == "proved"
    process = SHARED._process
    assert in_a_copy(lambda: verify(EASY).status, 30.0) == "proved"
    assert SHARED._process is process
    assert verify(EASY).status == "proved"


def test_a_fork_while_another_thread_asks_does_not_wait_for_it():
    asking = threading.Thread(target=lambda: verify(HUGE["a power"](), timeout=1.5))
    asking.start()
    time.sleep(0.2)
    assert in_a_copy(lambda: verify(EASY).status, 30.0) == "proved"
    asking.join()


def test_an_interrupt_from_the_keyboard_leaves_the_worker_usable():
    verify(EASY)
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        verify(HUGE["a sum"](), timeout=60.0)
    assert verify(EASY).status == "proved"


@pytest.mark.parametrize("wrong", [None, [1, 2], {1}, NotImplemented], ids=str)
def test_what_is_no_expression_is_refused(wrong):
    with pytest.raises(TypeError, match="the left side must be a SymPy expression"):
        Identity(wrong, x, D)


@pytest.mark.parametrize("seed", ["0", 1.5, None])
def test_a_seed_is_an_integer(seed):
    with pytest.raises(TypeError, match="seed"):
        verify(EASY, seed=seed)
