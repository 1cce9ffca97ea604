"""Tables of the dossier. Each row carries the patient and the practice that keeps it (dossierhouder)."""

from django.db import models
from django.db.models.functions import Now

from zorgbalie.kernel.exact_json import ExactJsonDecoder, ExactJsonEncoder


class SourceResource(models.Model):
    """An imported resource as it came, so that nothing is lost and an import can be repeated (idempotent)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    resource_type = models.CharField(max_length=40)
    source_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.JSONField(encoder=ExactJsonEncoder, decoder=ExactJsonDecoder)
    imported_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "practice", "resource_type", "source_id"], name="source_resource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.pk}"


class RecordRow(models.Model):
    """What each row of the record shares. `hidden_*` is the practice's choice, with a reason for colleagues."""

    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    source_id = models.CharField(max_length=200, null=True)  # noqa: DJ001 (NULL is outside the unique constraint)
    author_name = models.CharField(max_length=160, blank=True)
    author_role = models.CharField(max_length=80, blank=True)
    visible_to_patient = models.BooleanField(default=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    hidden_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    date_precision = models.CharField(
        max_length=5, db_default="day", help_text="how precisely the source knows the first date: day, month, year"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def _source_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["patient", "practice", "source_id"], name=name)


class Episode(RecordRow):
    """EpisodeOfCare: a complaint or condition over time (REQ 14). Visible to the patient by default (REQ 57)."""

    icpc_code = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=255)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    has_attention = models.BooleanField(default=False)

    class Meta(RecordRow.Meta):
        constraints = [_source_once("episode_source_once")]
        indexes = [models.Index(fields=["patient", "practice", "-start_date", "-id"], name="episode_list")]


class Flag(RecordRow):
    """Flag (zib Alert): an attention value, of an episode or on its own."""

    episode = models.ForeignKey(Episode, models.SET_NULL, null=True, related_name="flags")
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta(RecordRow.Meta):
        constraints = [_source_once("flag_source_once")]
        indexes = [models.Index(fields=["patient", "practice", "-start_date", "-id"], name="flag_list")]


class Encounter(RecordRow):
    """Encounter: a contact (deelcontact) with the practice. `episode`: what it says to be about, if one alone."""

    episode = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="encounters")
    started_on = models.DateField()
    kind_code = models.CharField(max_length=20, blank=True, help_text="NHG-Tabel 14")
    kind_title = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=255, blank=True)

    class Meta(RecordRow.Meta):
        constraints = [_source_once("encounter_source_once")]
        indexes = [models.Index(fields=["patient", "practice", "-started_on", "-id"], name="encounter_list")]


class JournalEntry(RecordRow):
    """A SOEP line of a contact. S and O never leave the practice (OPEN data set)."""

    class Soep(models.TextChoices):
        """Line type, `journaalregeltypen`."""

        SUBJECTIVE = "S"
        OBJECTIVE = "O"
        EVALUATION = "E"
        PLAN = "P"

    encounter = models.ForeignKey(Encounter, models.PROTECT, null=True, related_name="entries")
    episode = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="entries")
    soep = models.CharField(max_length=1, choices=Soep)
    text = models.TextField()
    icpc_code = models.CharField(max_length=10, blank=True)
    icpc_title = models.CharField(max_length=255, blank=True)
    recorded_on = models.DateField()

    class Meta(RecordRow.Meta):
        constraints = [_source_once("journal_entry_source_once")]
        indexes = [
            models.Index(fields=["patient", "practice", "-recorded_on", "-id"], name="journal_entry_list"),
            models.Index(fields=["encounter"], name="journal_entry_by_encounter"),
            models.Index(fields=["episode"], name="journal_entry_by_episode"),
        ]


class Observation(RecordRow):
    """A measurement or laboratory result. Quantity with UCUM unit; text where the value is no number."""

    class Category(models.TextChoices):
        """Where it comes from."""

        MEASUREMENT = "measurement"
        LABORATORY = "laboratory"

    category = models.CharField(max_length=12, choices=Category)
    code_system = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    value_number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    value_comparator = models.CharField(max_length=2, blank=True)
    value_text = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True, help_text="as people write it")
    unit_code = models.CharField(max_length=40, blank=True, db_default="", help_text="UCUM")
    reference_low = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    reference_high = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    reference_text = models.CharField(max_length=120, blank=True)
    interpretation = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=20, default="final")
    remark = models.TextField(blank=True)
    observed_on = models.DateField()
    observed_at = models.DateTimeField(null=True)
    episode = models.ForeignKey(Episode, models.SET_NULL, null=True, related_name="observations")
    encounter = models.ForeignKey(Encounter, models.SET_NULL, null=True, related_name="observations")
    lab_report = models.ForeignKey("record.LabReport", models.PROTECT, null=True, related_name="observations")
    replaced_at = models.DateTimeField(null=True, help_text="a later version of the report was published")

    class Meta(RecordRow.Meta):
        constraints = [_source_once("observation_source_once")]
        indexes = [
            models.Index(fields=["patient", "practice", "-observed_on", "-id"], name="observation_list"),
            models.Index(fields=["patient", "practice", "code", "-observed_on"], name="observation_trend"),
        ]


class Allergy(RecordRow):
    """AllergyIntolerance."""

    code_system = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    category = models.CharField(max_length=20, blank=True)
    criticality = models.CharField(max_length=20, blank=True)
    clinical_status = models.CharField(max_length=20, default="active")
    start_date = models.DateField(null=True)
    reaction = models.TextField(blank=True)
    remark = models.TextField(blank=True)

    class Meta(RecordRow.Meta):
        constraints = [_source_once("allergy_source_once")]
        indexes = [models.Index(fields=["patient", "practice", "-start_date", "-id"], name="allergy_list")]


class Medication(RecordRow):
    """MedicationRequest (medicatieafspraak): an agreed medicine with the period of use."""

    code_system = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    dosage = models.TextField(blank=True)
    status = models.CharField(max_length=20, default="active")
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    reason = models.CharField(max_length=255, blank=True)
    stop_reason = models.CharField(max_length=255, blank=True)
    episode = models.ForeignKey(Episode, models.SET_NULL, null=True, related_name="medication")

    class Meta(RecordRow.Meta):
        constraints = [_source_once("medication_source_once")]
        indexes = [models.Index(fields=["patient", "practice", "-start_date", "-id"], name="medication_list")]


class WorkNote(models.Model):
    """A temporary note that its author alone can read (REQ 59). Shared, it becomes part of the record.

    Row-level security lets no role but the desk's read it, and there only the author.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    text = models.TextField()
    about = models.CharField(max_length=160, blank=True, help_text="which episode or line it belongs to")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["author", "patient", "-created_at"], name="work_note_by_author"),
            models.Index(fields=["expires_at"], name="work_note_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"work note {self.pk}"


class SharedNote(RecordRow):
    """A work note that was shared with a colleague: from then on part of the record (KNMG)."""

    text = models.TextField()
    about = models.CharField(max_length=160, blank=True)
    shared_with = models.ManyToManyField("practice.Employee", related_name="+")
    shared_on = models.DateField()

    class Meta(RecordRow.Meta):
        indexes = [models.Index(fields=["patient", "practice", "-shared_on", "-id"], name="shared_note_list")]


class GlossaryTerm(models.Model):
    """An abbreviation or word from records with a plain explanation; data, not code (ux 34). Not patient data."""

    term = models.CharField(max_length=60)
    language = models.CharField(max_length=5, default="nl")
    explanation = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="glossary_term_once")]

    def __str__(self) -> str:
        return self.term
