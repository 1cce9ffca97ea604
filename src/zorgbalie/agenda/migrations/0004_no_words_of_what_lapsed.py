"""What was held and never booked keeps no words: the database empties them, whoever ends it."""

from django.db import migrations

_FORGET = """
CREATE FUNCTION agenda_forget_unbooked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.reason := '';
  RETURN NEW;
END $$;
CREATE TRIGGER agenda_forget_unbooked BEFORE UPDATE ON agenda_appointment FOR EACH ROW
  WHEN (NEW.state = 'cancelled' AND NEW.booked_at IS NULL) EXECUTE FUNCTION agenda_forget_unbooked();
"""
_BACK = """
DROP TRIGGER agenda_forget_unbooked ON agenda_appointment;
DROP FUNCTION agenda_forget_unbooked();
"""


class Migration(migrations.Migration):
    """The worker ends what lapsed and may not write a patient's words: so it needs no leave to empty them."""

    dependencies = [("agenda", "0003_desk_history")]
    operations = [migrations.RunSQL(_FORGET, _BACK)]
