"""Tasks of questions and of what the practice begins, by topic."""

from zorgbalie.consult.tasks import outgoing, threads

__all__ = ["outgoing", "threads"]
