"""Tasks of the access log."""

from procrastinate.contrib.django import app

from zorgbalie.audit.sealing import seal_waiting


# The sixth field is seconds: three times a minute, so that a tail is at most a minute long (security row 41).
@app.periodic(cron="* * * * * */20")
@app.task(name="audit.seal", queueing_lock="audit.seal", queue="audit")
def seal(timestamp: int) -> None:
    """Seal what waits."""
    seal_waiting()


@app.periodic(cron="17 3 * * *")
@app.task(name="audit.seal_everywhere", queueing_lock="audit.seal_everywhere", queue="audit")
def seal_everywhere(timestamp: int) -> None:
    """Once a night, also what arrived very late."""
    seal_waiting(everywhere=True)
