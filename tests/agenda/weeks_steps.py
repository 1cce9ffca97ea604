"""A manager who changes the weeks of the agenda of a scene, as one unit of work in the database role of the desk."""

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import world
from zorgbalie.agenda.actions import weeks as actions
from zorgbalie.agenda.models import WeekBlock
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types.weeks import WantedBlock
from zorgbalie.kernel.viewer import StaffRight


class Weeks(Scene):
    """`manager`: a doctor who manages and sees appointments too, unless `rights` or `role` says otherwise."""

    def __init__(self, now, rights=tuple(StaffRight), role="gp", **agenda):
        super().__init__(now, **agenda)
        self.manager = world.make_employee(self.practice, role=role, rights=rights)

    def manage(self, act, **values):
        viewer = world.viewer_of_employee(self.manager)
        with acting(viewer):
            return act(viewer=viewer, agenda_id=self.agenda.pk, **values)

    def week(self, day=None):
        return self.manage(queries.get_week, day=day or self.day, now=self.now)

    def shown(self, day=None):
        return next(one for one in self.week(day).days if one.day == (day or self.day)).blocks

    def wanted(self, **values):
        defaults = {
            "day": self.day, "starts": 480, "ends": 600, "step": 10, "every_weeks": 1, "until": None,
            "kinds": frozenset({self.kind.pk}), "is_online": True,
        }  # fmt: skip
        return WantedBlock(**{**defaults, **values})

    def change(self, seen="", only_day=False, day=None, stamp=None, **values):
        block = self.shown(day)[0]
        self.manage(
            actions.change_block, block_id=block.block_id, day=day or self.day, only_day=only_day,
            wanted=self.wanted(**values), stamp=block.stamp if stamp is None else stamp, seen=seen, now=self.now,
        )  # fmt: skip

    def add(self, seen="", **values):
        self.manage(actions.add_block, wanted=self.wanted(**values), seen=seen, now=self.now)

    def remove(self, seen="", only_day=True, day=None):
        block = self.shown(day)[0]
        self.manage(
            actions.remove_block, block_id=block.block_id, day=day or self.day, only_day=only_day, stamp=block.stamp,
            seen=seen, now=self.now,
        )  # fmt: skip

    def rows(self, weekday=None):
        rows = WeekBlock.objects.filter(agenda=self.agenda, weekday=self.day.weekday() if weekday is None else weekday)
        return list(rows.order_by("valid_from", "pk"))
