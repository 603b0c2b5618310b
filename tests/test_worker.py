import threading

from fake_assistant import dike_and_bridge

from index.errors import KamerbriefError
from rag.answer import Support
from rag.generate import GeneratedStatement, Restarted, StatementChecked, StatementText
from rag.turn import Turn
from ui.conversation import Asked
from ui.worker import DraftLine, Job


class Scripted:
    """Sends its events, waits until it is let go, and then does what `end` does."""

    def __init__(self, events=(), end=None):
        self.events, self.end, self.go = events, end, threading.Event()
        self.stopped = None

    def ask(self, question, *, on_event, stop, **_):
        for event in self.events:
            on_event(event)
        self.go.wait(5)
        self.stopped = stop.is_set()
        if self.end is not None:
            raise self.end
        return dike_and_bridge().ask(question)


def finish(job: Job, asker: Scripted) -> Job:
    asker.go.set()
    assert job.wait(5)
    return job


def test_a_job_has_its_answer_when_it_is_done():
    asker = Scripted()
    job = Job(asker, Asked("de dijk?"))
    assert not job.done
    finish(job, asker)
    assert job.answer is not None
    assert job.answer.question == "de dijk?"
    assert job.error is None


def test_the_history_of_the_question_itself_goes_before_the_conversation():
    fake = dike_and_bridge()
    for asked, expected in ((Asked("a"), (Turn("eerder"),)), (Asked("b", turns=(Turn("eigen"),)), (Turn("eigen"),))):
        assert Job(fake, asked, [Turn("eerder")]).wait(5)
        assert fake.asked[-1][1] == expected


def test_progress_follows_the_statements_as_they_are_written_and_checked():
    checked = GeneratedStatement("De dijk is klaar.", ("a",), (), Support.SUPPORTED, lead="Stand 2024:")
    asker = Scripted([StatementText(0, "De", "De"), StatementChecked(0, checked), StatementText(1, "En", "En")])
    job = Job(asker, Asked("?"))
    while len(job.progress().lines) < 2:
        pass
    assert job.progress().lines == (DraftLine("Stand 2024: De dijk is klaar.", Support.SUPPORTED), DraftLine("En"))
    finish(job, asker)


def test_a_restart_wipes_what_was_written():
    asker = Scripted([StatementText(0, "De", "De"), Restarted("Nog een poging.")])
    job = Job(asker, Asked("?"))
    finish(job, asker)
    assert job.progress().lines == ()
    assert job.progress().remark == "Nog een poging."


def test_a_known_error_is_shown_as_it_is():
    asker = Scripted(end=KamerbriefError("Ollama antwoordt niet. Start het met: ollama serve"))
    assert finish(Job(asker, Asked("?")), asker).error == "Ollama antwoordt niet. Start het met: ollama serve"


def test_an_unknown_error_is_told_without_the_question_in_any_log(capsys):
    asker = Scripted(end=ValueError("geheime vraag"))
    job = finish(Job(asker, Asked("geheime vraag")), asker)
    assert job.error == "Deze vraag ging mis door een fout in het programma (ValueError). Probeer het nog eens."
    logged = capsys.readouterr()
    assert "test_worker.py" in logged.err
    assert "geheim" not in logged.err + logged.out


def test_stopping_is_told_to_the_assistant():
    asker = Scripted()
    job = Job(asker, Asked("?"))
    job.stop()
    finish(job, asker)
    assert asker.stopped is True
