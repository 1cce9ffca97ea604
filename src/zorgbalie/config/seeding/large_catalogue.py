"""What the records of the large world are about: conditions with their contacts and medicine, and series of values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """An episode with what is written in each of its contacts (S, O, E, P) and the medicine that goes with it."""

    icpc: str
    title: str
    has_attention: bool
    lines: tuple[str, str, str, str]
    medicine: str
    dosage: str


@dataclass(frozen=True, slots=True)
class Series:
    """A determination measured `count` times: around `middle`, spread over people, drifting over time."""

    category: str
    code: str
    title: str
    unit: str
    low: str
    high: str
    count: int
    middle: float
    spread: float
    drift: float
    decimals: int


CONDITIONS = (
    Condition("K86", "Hypertensie zonder orgaanbeschadiging", True, (
        "Voelt zich goed, geen klachten van de medicijnen.", "RR gemeten, pols regulair.",
        "Hypertensie, streefwaarde bijna gehaald.", "Medicatie cont. Co over 3 mnd, vooraf lab nierfunctie.",
    ), "AMLODIPINE TABLET 5MG", "1 maal per dag 1 tablet"),
    Condition("T90", "Diabetes mellitus", True, (
        "Meet thuis nuchtere waarden tussen 6 en 8.", "Gewicht stabiel. Voeten: geen drukplekken.",
        "Diabetes mellitus type 2, redelijk ingesteld.", "Metformine cont. Verw. diëtist. Co POH over 3 mnd.",
    ), "METFORMINE TABLET 500MG", "2 maal per dag 1 tablet"),
    Condition("R96", "Astma", True, (
        "Piept bij inspanning en 's nachts.", "Longen: verlengd expirium, geen crepitaties.",
        "Astma, onvoldoende onder controle.", "Inhalatietechniek geoefend. Co 6 wk.",
    ), "SALBUTAMOL AEROSOL 100UG/DO", "zo nodig 1 inhalatie"),
    Condition("L03", "Lage rugpijn zonder uitstraling", False, (
        "Sinds een week pijn onder in de rug, geen uitstraling.", "Lasègue bdz neg. Kracht en gevoel gb.",
        "Aspecifieke lage rugpijn.", "Uitleg: blijven bewegen. FT als het na 3 wk niet beter gaat.",
    ), "PARACETAMOL TABLET 500MG", "zo nodig 4 maal per dag 2 tabletten"),
    Condition("S87", "Constitutioneel eczeem", False, (
        "Jeuk aan handen en ellebogen.", "Droge rode huid, krabeffecten.",
        "Eczeem.", "Vette crème, hormoonzalf 2dd gedurende 2 wk, daarna afbouwen.",
    ), "HYDROCORTISON CREME 10MG/G", "2 maal per dag dun aanbrengen"),
    Condition("R97", "Hooikoorts/allergische rhinitis", False, (
        "Niezen en jeukende ogen in het voorjaar.", "Conjunctivae licht rood.",
        "Hooikoorts.", "Neusspray 1dd. Antihistaminicum zn.",
    ), "FLUTICASON NEUSSPRAY 50UG/DO", "1 maal per dag 1 verstuiving per neusgat"),
    Condition("P76", "Depressie", True, (
        "Somber, slaapt slecht, weinig plezier.", "Verzorgd, vlak affect. Geen suïcidale gedachten.",
        "Depressie, matig ernstig.", "Gesprek POH-GGZ. Info thuisarts.nl. Co 2 wk.",
    ), "SERTRALINE TABLET 50MG", "1 maal per dag 1 tablet"),
    Condition("D84", "Refluxoesofagitis", False, (
        "Zuurbranden na het eten.", "Abdomen soepel, geen drukpijn.",
        "Refluxklachten.", "Leefstijl besproken. Maagzuurremmer 4 wk.",
    ), "OMEPRAZOL CAPSULE 20MG", "1 maal per dag 1 capsule"),
    Condition("K78", "Boezemfibrilleren", True, (
        "Af en toe hartkloppingen, korter dan een minuut.", "Pols irregulair aequaal, RR goed.",
        "Boezemfibrilleren, stabiel.", "Bloedverdunner cont. ECG bij klachten.",
    ), "APIXABAN TABLET 5MG", "2 maal per dag 1 tablet"),
    Condition("U71", "Cystitis", False, (
        "Pijn bij het plassen sinds twee dagen.", "Nitriet positief in de urine.",
        "Blaasontsteking.", "Nitrofurantoïne 5 dg. Terug bij koorts.",
    ), "NITROFURANTOINE CAPSULE 100MG", "2 maal per dag 1 capsule, 5 dagen"),
    Condition("L15", "Knie symptomen/klachten", False, (
        "Pijn re knie na hardlopen.", "Geen hydrops, stabiel.",
        "Overbelasting re knie.", "Rust 2 wk, daarna opbouwen. FT zn.",
    ), "IBUPROFEN TABLET 400MG", "3 maal per dag 1 tablet, 1 week"),
    Condition("N89", "Migraine", False, (
        "Bonzende hoofdpijn met misselijkheid, twee keer per maand.", "Neurologisch gb.",
        "Migraine zonder aura.", "Triptaan bij aanval. Hoofdpijndagboek.",
    ), "SUMATRIPTAN TABLET 50MG", "zo nodig 1 tablet"),
)  # fmt: skip

SERIES = (
    Series("measurement", "1744", "Systolische bloeddruk", "mmHg", "100", "140", 4, 136, 14, -3, 0),
    Series("measurement", "1740", "Diastolische bloeddruk", "mmHg", "60", "90", 4, 84, 8, -2, 0),
    Series("measurement", "357", "Gewicht", "kg", "\\N", "\\N", 2, 78, 18, 0.8, 1),
    Series("laboratory", "3583", "Nierfunctie (eGFR)", "mL/min/1,73m2", "60", "\\N", 2, 74, 16, -2, 0),
    Series("laboratory", "3208", "Glucose nuchter", "mmol/L", "4.0", "6.0", 1, 5.8, 1.4, 0.1, 1),
    Series("laboratory", "542", "LDL-cholesterol", "mmol/L", "\\N", "3.0", 1, 2.9, 0.9, -0.2, 1),
)
ALLERGIES = (
    ("Penicilline", "medication", "Huiduitslag over het hele lichaam"),
    ("Pleisterlijm", "environment", "Rode jeukende plek"),
    ("Amoxicilline", "medication", "Galbulten"),
    ("Notenmengsel", "food", "Zwelling van lippen en tong"),
)
KINDS = (("01", "Consult"), ("06", "Telefonisch consult"), ("03", "Visite"), ("05", "Consult"))
STREETS = ("Voorbeeldstraat", "Dorpsstraat", "Kerklaan", "Molenweg", "Stationsplein", "Parkweg", "Eikenlaan")
