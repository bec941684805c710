import os
import signal
import threading

import pytest

from glyphspace.training.interrupt import listening, never

pytestmark = pytest.mark.usefixtures("in_the_foreground")

BOTH = [signal.SIGINT, signal.SIGTERM]


def handlers():
    return [signal.getsignal(number) for number in BOTH]


def test_nobody_interrupts_a_caller_that_does_not_listen():
    assert never() is False


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_makes_the_answer_true(number):
    with listening() as interrupted:
        assert not interrupted()
        os.kill(os.getpid(), number)
        assert interrupted()
        assert interrupted()


@pytest.mark.parametrize("number", BOTH)
def test_a_second_signal_acts_as_it_always_does(number):
    acted = []
    before = signal.signal(number, lambda *_: acted.append(number))
    try:
        with listening() as interrupted:
            os.kill(os.getpid(), number)
            assert interrupted()
            assert not acted
            os.kill(os.getpid(), number)
            assert acted == [number]
    finally:
        signal.signal(number, before)


def test_a_second_ctrl_c_is_a_keyboard_interrupt():
    with pytest.raises(KeyboardInterrupt), listening():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)


def test_what_was_ignored_stays_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with listening() as interrupted:
        os.kill(os.getpid(), signal.SIGINT)
        assert not interrupted()


def test_outside_the_block_signals_are_as_before():
    before = handlers()
    with listening():
        assert handlers() != before
    assert handlers() == before
    with pytest.raises(RuntimeError), listening():
        raise RuntimeError
    assert handlers() == before


def test_in_another_thread_nothing_is_heard_and_nothing_breaks():
    answers = []

    def work():
        with listening() as interrupted:
            answers.append(interrupted())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert answers == [False]
