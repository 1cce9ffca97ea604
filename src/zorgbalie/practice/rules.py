"""Rules of the practice register that need no database."""

import hashlib
import json
from collections.abc import Mapping

# What a practice may change about itself, in the order of the settings pages.
PRACTICE_FIELDS = (
    "name", "agb", "ura", "street", "house_number", "postcode", "city", "email", "phone", "urgent_phone",
    "opening_hours", "out_of_hours_name", "out_of_hours_phone", "brand_color", "welcome_text",
    "online_access_since", "release_mode", "automatic_release_notifies", "results_months",
    "show_closed_with_attention", "show_closed_without_attention", "staff_idle_minutes",
)  # fmt: skip


def version_of(values: Mapping[str, object]) -> str:
    """A mark that changes whenever one of the values does.

    A form carries it along, so that two managers at the same form do not undo one another's work unseen.
    """
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
