"""From a message to reports of the record: one per request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from zorgbalie.exchange.lab.types import FreeText, LabMessage, LabRequest, LabSpecimen
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.record.types.documents import Direction, DocumentCategory, DocumentSource, NewDocument
from zorgbalie.record.types.lab import NewLabReport, NewLabResult, ReportStatus

_LONGEST_TITLE = 255
_LONGEST_DOCUMENT_TITLE = 160


def to_reports(*, message: LabMessage, now: datetime) -> tuple[NewLabReport, ...]:
    """The reports in a message; `now` stands where it does not say when it was reported."""
    return tuple(_report(message, request, now) for request in message.requests)


def to_document(*, message: LabMessage, letter: FreeText, now: datetime) -> NewDocument:
    """The letter in a message of free text; `now` stands where nothing says when it was written."""
    written = letter.written_at or message.sent_at or now
    # A date of the future is a mistake of the sender's clock: nothing would be found under it.
    day = min(local_date(written), local_date(now))
    title = f"Bericht van {letter.sender}" if letter.sender else "Bericht in vrije tekst"
    return NewDocument(
        title=title[:_LONGEST_DOCUMENT_TITLE],
        category=DocumentCategory.LAB_TEXT,
        direction=Direction.INCOMING,
        document_date=day,
        author_name=letter.sender,
        file_name=f"bericht-{day.isoformat()}.txt",
        content=letter.text.encode(),
        source=DocumentSource.MESSAGE,
        source_key=f"message:{message.digest}",
    )


def to_files(*, message: LabMessage, now: datetime) -> tuple[NewDocument, ...]:
    """The PDFs in a message; `now` stands where it does not say when it was sent."""
    day = min(local_date(message.sent_at or now), local_date(now))
    return tuple(
        NewDocument(
            title=attachment.title or f"Bijlage van {message.laboratory}"[:_LONGEST_DOCUMENT_TITLE],
            category=DocumentCategory.LAB_TEXT,
            direction=Direction.INCOMING,
            document_date=day,
            author_name=message.laboratory,
            file_name=f"bijlage-{day.isoformat()}-{number}.pdf",
            content=attachment.content,
            source=DocumentSource.MESSAGE,
            source_key=f"message:{message.digest}:{number}",
        )
        for number, attachment in enumerate(message.attachments, start=1)
    )


def _report(message: LabMessage, request: LabRequest, now: datetime) -> NewLabReport:
    sampled = [specimen.sampled_at for specimen in request.specimens if specimen.sampled_at]
    sampled_at = min(sampled) if sampled else None
    return NewLabReport(
        laboratory=message.laboratory,
        report_number=request.number or _number_without(sampled_at),
        digest=message.digest,
        status=_status(request),
        reported_at=request.reported_at or message.sent_at or sampled_at or now,
        results=tuple(_results(request)),
        sampled_at=sampled_at,
        requested_by_name=message.requester_name,
        requested_by_agb=message.requester_agb,
        remark="\n".join(_remarks(request)),
    )


def _status(request: LabRequest) -> ReportStatus:
    if request.corrected:
        return ReportStatus.CORRECTED
    return ReportStatus.FINAL if request.complete else ReportStatus.PRELIMINARY


def _number_without(sampled_at: datetime | None) -> str:
    """A number for a request that has none: versions of one request have the moment of sampling in common."""
    day = sampled_at.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M") if sampled_at else "onbekend moment"
    return f"zonder nummer, {day}"


def _results(request: LabRequest) -> Iterator[NewLabResult]:
    for specimen in request.specimens:
        for section in specimen.sections:
            title = ": ".join(part for part in (specimen.material, section.title) if part)
            for result in section.results:
                observed_at = result.observed_at or specimen.sampled_at
                yield replace(result, group_title=title[:_LONGEST_TITLE], observed_at=observed_at)


def _remarks(request: LabRequest) -> Iterator[str]:
    yield from request.remarks
    for specimen in request.specimens:
        yield from (_named(specimen, text) for text in specimen.remarks)


def _named(specimen: LabSpecimen, text: str) -> str:
    return f"{specimen.material}: {text}" if specimen.material else text
