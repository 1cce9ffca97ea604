"""The record of the demo's main patient and smaller ones for the others: made up, in the words of a GP system."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact some days ago with its lines: (SOEP, text)."""

    days_ago: int
    kind: str
    episode: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """Episodes by key, contacts, measurements over time, allergies, medicines."""

    episodes: dict[str, tuple[str, str, int, int | None, bool]]
    contacts: tuple[Contact, ...]
    series: tuple[tuple[str, str, str, str, str, str | None, str | None, tuple[tuple[int, str], ...]], ...]
    allergies: tuple[tuple[str, str, int], ...] = ()
    medicines: tuple[tuple[str, str, int, int | None, str], ...] = ()
    flags: tuple[tuple[str, str, int], ...] = field(default=())


# episodes: key → (ICPC, title, started days ago, ended days ago, attention value)
MAIN = DemoRecord(
    episodes={
        "af": ("K78", "Boezemfibrilleren", 410, None, True),
        "hypertensie": ("K86", "Hypertensie zonder orgaanbeschadiging", 2900, None, True),
        "rug": ("L03", "Lage rugpijn zonder uitstraling", 150, None, False),
        "eczeem": ("S87", "Constitutioneel eczeem", 5200, None, False),
        "pols": ("L72", "Fractuur radius/ulna", 1400, 1100, True),
        "keel": ("R76", "Acute tonsillitis", 700, 680, False),
        "stemming": ("P03", "Down/depressief gevoel", 60, None, False),
    },
    contacts=(
        Contact(12, "Consult", "hypertensie", (
            ("S", "Voelt zich goed. Geen hoofdpijn, geen klachten van medicijnen."),
            ("O", "RR 138/84 re arm zittend, pols 72 ra."),
            ("E", "Hypertensie goed ingesteld. RR 138/84, streefwaarde gehaald."),
            ("P", "Medicatie cont. Co over 3 mnd bij POH, vooraf lab nierfunctie."),
        )),
        Contact(40, "Telefonisch consult", "af", (
            ("S", "Af en toe hartkloppingen 's avonds, korter dan 1 min."),
            ("O", "-"),
            ("E", "AF, anamn. geen aanwijzing voor frequente aanvallen."),
            ("P", "ECG bij klachten. Bij pijn op de borst direct bellen. Roken -."),
        )),
        Contact(60, "Consult", "stemming", (
            ("S", "Somber sinds het overlijden van haar zus. Slaapt slecht."),
            ("O", "Verzorgd, huilt. Geen suïcidale gedachten."),
            ("E", "Rouw met sombere stemming. Geen depressie."),
            ("P", "Steunend gesprek. Co 2 wk. Info thuisarts.nl over rouw."),
        )),
        Contact(148, "Consult", "rug", (
            ("S", "Sinds 1 wk lage rugpijn na tuinieren. Geen uitstraling li of re."),
            ("O", "Lasègue bdz neg. Kracht en gevoel gb."),
            ("E", "Aspecifieke lage rugpijn. Geen alarmsymptomen."),
            ("P", "Uitleg: blijven bewegen. Paracetamol 4dd 1000 mg zn. FT als het na 3 wk niet beter gaat."),
        )),
        Contact(200, "Consult", "eczeem", (
            ("S", "Jeuk aan handen, erger bij koud weer."),
            ("O", "Droge rode huid handruggen bdz."),
            ("E", "Handeczeem, ws. door veel handen wassen."),
            ("P", "Vette crème, hormoonzalf 2dd gedurende 2 wk, daarna afbouwen."),
        )),
        Contact(395, "Visite", "af", (
            ("S", "Onregelmatige hartslag, kortademig bij traplopen."),
            ("O", "RR 146/88, pols irreg. 96, longen schoon."),
            ("E", "Boezemfibrilleren. CHA2DS2-VASc 3."),
            ("P", "Start bloedverdunner. Verw. cardioloog. Lab: nierfunctie, Hb, TSH."),
        )),
        Contact(690, "Consult", "keel", (
            ("S", "Keelpijn en koorts sinds 3 dg."),
            ("O", "T 38,4. Tonsillen rood met beslag."),
            ("E", "Acute tonsillitis."),
            ("P", "Afwachten, paracetamol. Terug bij niet kunnen slikken."),
        )),
    ),
    # category, system, code, title, unit, low, high, ((days ago, value), …)
    series=(
        ("measurement", "nhg45", "1744", "Systolische bloeddruk", "mmHg", "100", "140",
         ((395, "146"), (300, "144"), (210, "141"), (120, "136"), (12, "138"))),
        ("measurement", "nhg45", "1740", "Diastolische bloeddruk", "mmHg", "60", "90",
         ((395, "88"), (300, "86"), (210, "87"), (120, "82"), (12, "84"))),
        ("measurement", "nhg45", "357", "Gewicht", "kg", None, None, ((395, "74.5"), (210, "73.1"), (12, "72.4"))),
        ("measurement", "nhg45", "1872", "Hartfrequentie", "/min", "60", "100", ((395, "96"), (12, "72"))),
        ("laboratory", "nhg45", "3583", "Nierfunctie (eGFR)", "mL/min/1,73m2", "60", None,
         ((390, "71"), (215, "68"), (15, "66"))),
        ("laboratory", "nhg45", "523", "Kreatinine", "umol/L", "49", "90", ((390, "78"), (215, "82"), (15, "84"))),
        ("laboratory", "nhg45", "3208", "Glucose nuchter", "mmol/L", "4.0", "6.0", ((390, "5.4"), (15, "6.3"))),
        ("laboratory", "nhg45", "376", "Hemoglobine", "mmol/L", "7.5", "10.0", ((390, "8.4"), (15, "8.6"))),
        ("laboratory", "nhg45", "542", "LDL-cholesterol", "mmol/L", None, "3.0", ((390, "3.4"), (15, "2.8"))),
        ("laboratory", "nhg45", "352", "Kalium", "mmol/L", "3.5", "5.0", ((15, "4.2"),)),
        ("laboratory", "nhg45", "3583", "Nierfunctie (eGFR)", "mL/min/1,73m2", "60", None, ((800, "75"),)),
    ),
    allergies=(("Penicilline", "Huiduitslag over het hele lichaam", 6000), ("Pleisterlijm", "Rode jeukende plek", 900)),
    medicines=(
        ("APIXABAN TABLET 5MG", "2 maal per dag 1 tablet", 390, None, "Boezemfibrilleren"),
        ("METOPROLOL TABLET MVA 50MG", "1 maal per dag 1 tablet, 's ochtends", 390, None, "Boezemfibrilleren"),
        ("AMLODIPINE TABLET 5MG", "1 maal per dag 1 tablet", 2400, None, "Hypertensie"),
        ("HYDROCORTISON CREME 10MG/G", "2 maal per dag dun aanbrengen, 2 weken", 200, 186, "Eczeem"),
        ("PARACETAMOL TABLET 500MG", "zo nodig 4 maal per dag 2 tabletten", 148, 120, "Lage rugpijn"),
    ),
    flags=(("af", "Boezemfibrilleren", 395), ("hypertensie", "Hypertensie", 2900), ("pols", "Fractuur pols", 1400)),
)  # fmt: skip

# What the pharmacy keeps of the same patient: newer on one point (another dose), older on another, and one of its own.
AT_PHARMACY = DemoRecord(
    episodes={},
    contacts=(),
    series=(),
    allergies=(("Penicilline", "Huiduitslag", 5400),),
    medicines=(
        ("APIXABAN TABLET 5MG", "2 maal per dag 1 tablet", 388, None, ""),
        ("METOPROLOL TABLET MVA 100MG", "1 maal per dag 1 tablet, 's ochtends", 12, None, ""),
        ("AMLODIPINE TABLET 5MG", "1 maal per dag 1 tablet", 2398, None, ""),
        ("MACROGOL/ELEKTR PDR V DRANK", "zo nodig 1 maal per dag 1 sachet, oplossen in water", 30, None, ""),
    ),
)  # fmt: skip

SMALL = DemoRecord(
    episodes={
        "hooikoorts": ("R97", "Hooikoorts/allergische rhinitis", 1500, None, False),
        "knie": ("L15", "Knie symptomen/klachten", 45, None, False),
    },
    contacts=(
        Contact(45, "Consult", "knie", (
            ("S", "Pijn re knie na hardlopen."),
            ("O", "Geen hydrops, stabiel."),
            ("E", "Overbelasting re knie."),
            ("P", "Rust 2 wk, daarna opbouwen. FT zn."),
        )),
        Contact(160, "Consult", "hooikoorts", (
            ("S", "Niezen en jeukende ogen."),
            ("O", "Conjunctivae licht rood."),
            ("E", "Hooikoorts."),
            ("P", "Neusspray 1dd. Antihistaminicum zn."),
        )),
    ),
    series=(
        ("measurement", "nhg45", "1744", "Systolische bloeddruk", "mmHg", "100", "140", ((45, "124"),)),
        ("measurement", "nhg45", "1740", "Diastolische bloeddruk", "mmHg", "60", "90", ((45, "78"),)),
    ),
    medicines=(("FLUTICASON NEUSSPRAY 50UG/DO", "1 maal per dag 1 verstuiving per neusgat", 160, None, "Hooikoorts"),),
)  # fmt: skip

NHG_45 = "https://referentiemodel.nhg.org/tabellen/nhg-tabel-45-diagnostische-bepalingen"


def record_rows(record: DemoRecord, *, today: date, base: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, with `_key`, `_episode` and `_encounter` in place of ids that are not known yet."""

    def day(ago: int | None) -> date | None:
        return None if ago is None else today - timedelta(days=ago)

    rows: dict[str, list[dict[str, Any]]] = {
        "record_episode": [
            {**base, "_key": key, "icpc_code": code, "title": title, "start_date": day(start), "end_date": day(end),
             "has_attention": attention}
            for key, (code, title, start, end, attention) in record.episodes.items()
        ],
        "record_flag": [
            {**base, "_episode": key, "code": "", "title": title, "start_date": day(ago), "end_date": None}
            for key, title, ago in record.flags
        ],
        "record_encounter": [
            {**base, "_key": number, "started_on": day(contact.days_ago), "kind_code": "", "kind_title": contact.kind,
             "reason": record.episodes[contact.episode][1]}
            for number, contact in enumerate(record.contacts)
        ],
        "record_journalentry": [
            {**base, "_episode": contact.episode, "_encounter": number, "soep": soep, "text": text,
             "icpc_code": record.episodes[contact.episode][0] if soep == "E" else "",
             "icpc_title": record.episodes[contact.episode][1] if soep == "E" else "",
             "recorded_on": day(contact.days_ago)}
            for number, contact in enumerate(record.contacts) for soep, text in contact.lines
        ],
        "record_observation": [
            {**base, "category": category, "code_system": NHG_45, "code": code, "title": title, "value_number": value,
             "value_comparator": "", "value_text": "", "unit": unit, "reference_low": low, "reference_high": high,
             "reference_text": "", "interpretation": "", "status": "final", "remark": "", "observed_on": day(ago)}
            for category, _, code, title, unit, low, high, values in record.series for ago, value in values
        ],
        "record_allergy": [
            {**base, "code_system": "", "code": "", "title": title, "category": "medication", "criticality": "",
             "clinical_status": "active", "start_date": day(ago), "reaction": reaction, "remark": ""}
            for title, reaction, ago in record.allergies
        ],
        "record_medication": [
            {**base, "code_system": "", "code": "", "title": title, "dosage": dosage, "status": "active",
             "start_date": day(start), "end_date": day(end), "reason": reason, "stop_reason": ""}
            for title, dosage, start, end, reason in record.medicines
        ],
    }  # fmt: skip
    return rows
