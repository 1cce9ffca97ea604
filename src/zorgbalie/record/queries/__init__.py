"""Reads of the record. Each takes a viewer, passes the gate, and returns frozen `record.types`.

What a patient sees is said once, in SQL, in `shown`: the patient's own pages and the preview at the desk run the same
functions with another `Scope`.

- `shown`: `list_episodes`, `get_episode`, `list_contacts`, `list_values`, `get_value_history`, `list_allergies`,
  `list_medicines` and `get_record`, over a `Scope`. A `Scope` is made from grants alone: `patient_scope` (bounds from
  the grants, ticks as stored) or `release_scope` (bounds from the practice's settings; `hidden=None` for the ticks as
  stored, `Hidden()` for all that could be shown, `Hidden(episode_ids=…, entry_ids=…)` for ticks that are being tried).
- `patient_record`: the patient's pages, for a patient, parent or helper.
- `preview`: the same for a member of staff who is about to release: `preview_record`, `list_candidates`,
  `get_stored_hidden`. Other topics of this app (release, copy on paper) may use `shown` with a grant of their own.
"""
