"""Tables of the practice register."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now

from zorgbalie.practice.types import PracticeKind, ReleaseMode


def _choices(values: type) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]  # type: ignore[attr-defined]  # an enum class


class Practice(models.Model):
    """A GP practice or pharmacy with its settings for online access (REQ 53, 54; national OPEN data set)."""

    kind = models.CharField(max_length=10, choices=_choices(PracticeKind))
    name = models.CharField(max_length=120)
    agb = models.CharField(max_length=8, blank=True)
    ura = models.CharField(max_length=8, blank=True)
    street = models.CharField(max_length=100, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20)
    urgent_phone = models.CharField(max_length=20, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    out_of_hours_name = models.CharField(max_length=120, blank=True, help_text="huisartsenpost")
    out_of_hours_phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    brand_color = models.CharField(max_length=7, blank=True)
    welcome_text = models.TextField(blank=True)
    online_access_since = models.DateField(null=True, help_text="E and P lines are shown from this day on")
    release_mode = models.CharField(max_length=10, choices=_choices(ReleaseMode), default=ReleaseMode.MANUAL)
    automatic_release_notifies = models.BooleanField(default=True, help_text="R16")
    results_months = models.PositiveSmallIntegerField(default=14)
    show_closed_with_attention = models.BooleanField(default=True)
    show_closed_without_attention = models.BooleanField(default=False)
    staff_idle_minutes = models.PositiveSmallIntegerField(default=30)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class StaffUserManager(BaseUserManager["StaffUser"]):
    """Makes users; Django's sign-in asks for it."""

    def create_user(self, email: str, password: str | None = None) -> "StaffUser":
        """A user who can sign in once a second factor is set."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user


class StaffUser(AbstractBaseUser):
    """Somebody who signs in at the desk. No superuser flag exists: rights come from employment alone."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True, help_text="until when a given password can be used")
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = StaffUserManager()

    def __str__(self) -> str:
        return f"staff user {self.pk}"


class Employee(models.Model):
    """A person at work in one practice, with the self-chosen employee-ID and rights (REQ 60, 70)."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="employees")
    user = models.ForeignKey(StaffUser, models.PROTECT, related_name="employments")
    employee_code = models.CharField(max_length=20, help_text="medewerker-ID, self-chosen (R5)")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20)
    rights = ArrayField(models.CharField(max_length=30), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("practice", Lower("employee_code"), name="employee_code_once_in_practice"),
            models.UniqueConstraint(fields=["practice", "user"], name="one_employment_per_practice"),
        ]

    def __str__(self) -> str:
        return f"employee {self.pk}"


class Account(models.Model):
    """The account of one practice doctor (or pharmacist), for which facilities are switched (REQ 69)."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="accounts")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=60, blank=True)
    agb = models.CharField(max_length=8, blank=True)
    facilities = ArrayField(models.CharField(max_length=30), default=list)
    is_active = models.BooleanField(default=True)
    members = models.ManyToManyField(Employee, related_name="accounts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="account_name_once_in_practice")]

    def __str__(self) -> str:
        return self.name


class EmployeeGroup(models.Model):
    """Employees that patients choose as a function, such as `assistente` (REQ 30, 71)."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    is_visible_to_patients = models.BooleanField(default=True)
    members = models.ManyToManyField(Employee, related_name="groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="group_name_once_in_practice")]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A patient is enrolled with a practice: the treatment relation on which staff may look (NEN 7513)."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="enrolments")
    practice_kind = models.CharField(max_length=10, choices=_choices(PracticeKind))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    online_access = models.CharField(
        max_length=12, default="allowed", help_text="allowed, copy_only, vulnerable (REQ 23, 58, 77)"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "practice_kind"],
                condition=models.Q(ended_at__isnull=True),
                name="one_running_enrolment_of_a_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["practice", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="running_enrolment",
            ),
            models.Index(fields=["person", "practice"], name="enrolment_by_person"),
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


class StaffSession(AbstractBaseSession):
    """Sessions of the desk; the portal's role cannot read them."""

    user_id = models.BigIntegerField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "practice_staff_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that goes with this table (Django's contract)."""
        from zorgbalie.practice.staff_sessions import SessionStore

        return SessionStore
