import threading

from fake_assistant import dike_and_bridge

from ui.conversation import Asked
from ui.sessions import DAY, Session, Sessions


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Gate:
    """An assistant that answers when it is let go."""

    def __init__(self):
        self.go, self.fake = threading.Event(), dike_and_bridge()

    def ask(self, question, **how):
        self.go.wait(5)
        return self.fake.ask(question, **how)


def settle(session: Session, asker: Gate) -> None:
    asker.go.set()
    while session.job is not None:
        session.job.wait(5)
        session.poll(asker)


def questions(session: Session) -> list[str]:
    return [exchange.asked.text for exchange in session.conversation.exchanges]


def test_a_token_has_at_least_128_bits_and_finds_its_session():
    sessions = Sessions()
    first, second = sessions.start(), sessions.start()
    assert first.token != second.token
    assert len(first.token) * 6 >= 128
    assert sessions.find(first.token) is first


def test_a_token_that_was_never_handed_out_finds_nothing():
    sessions = Sessions()
    sessions.start()
    assert sessions.find("zelf-bedacht") is None
    assert sessions.find(None) is None
    assert sessions.find("") is None


def test_a_session_lives_a_day_at_most_even_when_used():
    clock = Clock()
    sessions = Sessions(clock)
    session = sessions.start()
    clock.now += DAY - 1
    assert sessions.find(session.token) is session
    clock.now += 1
    assert sessions.find(session.token) is None
    assert len(sessions) == 0


def test_forgetting_leaves_nothing_and_stops_what_runs():
    sessions, asker = Sessions(), Gate()
    session = sessions.start()
    session.ask(asker, Asked("de dijk?"))
    sessions.forget(session.token)
    assert sessions.find(session.token) is None
    assert session.job is None
    asker.go.set()


def test_the_oldest_session_makes_room():
    sessions = Sessions(most=2)
    first, second, third = sessions.start(), sessions.start(), sessions.start()
    assert sessions.find(first.token) is None
    assert sessions.find(second.token) is second
    assert sessions.find(third.token) is third


def test_a_poll_takes_in_the_answer_once():
    session, asker = Session("t", 0.0), Gate()
    session.ask(asker, Asked("de dijk?"))
    assert session.poll(asker) is not None
    settle(session, asker)
    assert session.poll(asker) is None
    assert questions(session) == ["de dijk?"]


def test_a_second_question_waits_and_sees_the_first_in_its_history():
    session, asker = Session("t", 0.0), Gate()
    session.ask(asker, Asked("de dijk?"))
    session.ask(asker, Asked("de brug?"), "wait")
    settle(session, asker)
    assert questions(session) == ["de dijk?", "de brug?"]
    assert [turn.question for turn in asker.fake.asked[1][1]] == ["de dijk?"]


def test_a_second_question_replaces_the_first():
    session, asker = Session("t", 0.0), Gate()
    session.ask(asker, Asked("de dijk?"))
    session.ask(asker, Asked("de brug?"), "replace")
    settle(session, asker)
    assert questions(session) == ["de brug?"]


def test_stopping_lets_go_of_the_running_and_the_waiting_question():
    session, asker = Session("t", 0.0), Gate()
    session.ask(asker, Asked("de dijk?"))
    session.ask(asker, Asked("de brug?"), "wait")
    session.stop()
    asker.go.set()
    assert session.poll(asker) is None
    assert questions(session) == []
    assert session.notice == "De vraag is gestopt."


def test_an_error_becomes_a_notice():
    class Broken:
        def ask(self, question, **_):
            raise OSError

    session = Session("t", 0.0)
    session.ask(Broken(), Asked("?"))
    assert session.job is not None
    session.job.wait(5)
    assert session.poll(Broken()) is None
    assert session.notice is not None
    assert "OSError" in session.notice
    assert questions(session) == []
