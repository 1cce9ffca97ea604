"""What stands beside a question at the desk: earlier questions, the questions in the text, and an unsent answer."""

from dataclasses import dataclass
from datetime import datetime

from zorgbalie.consult.types.answering import AnswerDraft, FoundQuestion
from zorgbalie.consult.types.threads import About, ConsultState
from zorgbalie.kernel.ids import ConsultId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierThread:
    """Another question of the same patient, as the desk lists it."""

    consult_id: ConsultId
    about: About | None
    subject: str
    state: ConsultState
    sent_at: datetime
    first_words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAids:
    """All that helps with an answer. `record_of`: in whose record the question belongs (R12)."""

    questions: tuple[FoundQuestion, ...]
    draft: AnswerDraft | None
    earlier: tuple[EarlierThread, ...]
    earlier_total: int
    record_of: PersonId

    @property
    def left(self) -> tuple[FoundQuestion, ...]:
        """The questions that nobody ticked (REQ 46)."""
        return tuple(one for one in self.questions if not one.is_answered)
