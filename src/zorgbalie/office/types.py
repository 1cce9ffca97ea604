"""Values of the practice's administration that faces receive."""

from zorgbalie.practice.types import Employment as Employment
from zorgbalie.practice.types import Facility as Facility
from zorgbalie.practice.types import PracticeKind as PracticeKind
from zorgbalie.practice.types import ReleaseMode as ReleaseMode
