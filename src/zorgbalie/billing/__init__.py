"""What a contact costs: time really spent, the performance code that follows from it, and what is declared.

Owns: time entries, tariffs (dated data), declarations with their trail, and export batches for the GP system.
Does not own: what was asked and answered (it keeps the kind and number of the source), nor enrolment and the BSN.
Knows no consult: who calls says what the source is (`types.Source`), so appointments can be billed the same way later.
Visible to staff alone: time to who answers questions, declarations to who holds the right to bill. No free text about a
patient stands here: what is not declared has a reason from a list.
Sources: REQ 50; R12; Wmg 35 (a maximum tariff), BW 7:461; the performance description of consults by time.
"""
