"""Fill the glossary: abbreviations of Dutch GPs in plain words. Data only; a practice's own words come beside them."""

from django.db import migrations

# term, plain Dutch, plain English
TERMS = (
    ("AB", "antibiotica: medicijn tegen bacteriën", "antibiotics: medicine against bacteria"),
    ("afw", "afwijking, of: wijkt af", "abnormality, or: not as usual"),
    ("alcohol -", "drinkt geen alcohol", "drinks no alcohol"),
    ("allerg", "allergie of allergisch", "allergy or allergic"),
    ("anamn", "wat u zelf vertelde over uw klacht", "what you told about your complaint"),
    ("bdz", "aan beide kanten", "on both sides"),
    ("BMI", "getal dat zegt of uw gewicht past bij uw lengte", "number that tells if your weight fits your height"),
    ("BSE", "bloedtest die kan wijzen op een ontsteking", "blood test that can point to an inflammation"),
    ("bvo", "bevolkingsonderzoek", "screening that everybody of some age is invited to"),
    ("co", "controle: een afspraak om te kijken hoe het gaat", "check-up: an appointment to see how it goes"),
    ("CRP", "bloedtest die laat zien of er een ontsteking is", "blood test that shows if there is an inflammation"),
    ("CVA", "beroerte: een bloeding of verstopping in de hersenen", "stroke: a bleed or blockage in the brain"),
    ("CVRM", "zorg om hart- en vaatziekten te voorkomen", "care to prevent heart and blood vessel disease"),
    ("dd", "per dag. Met een datum erachter: van die dag", "per day. With a date after it: of that day"),
    ("DD", "andere oorzaken waar de huisarts aan denkt", "other causes the GP thinks of"),
    ("DM", "diabetes: suikerziekte", "diabetes"),
    ("DM2", "suikerziekte van type 2", "diabetes of type 2"),
    ("e.c.i.", "de oorzaak is niet bekend", "the cause is not known"),
    ("eci", "de oorzaak is niet bekend", "the cause is not known"),
    ("ECG", "hartfilmpje", "recording of your heartbeat"),
    ("echo", "onderzoek met geluidsgolven dat een beeld geeft", "test with sound waves that makes a picture"),
    ("fysio", "fysiotherapeut of fysiotherapie", "physiotherapist or physiotherapy"),
    ("gb", "niets bijzonders gevonden", "nothing unusual found"),
    ("GGZ", "zorg voor psychische klachten", "care for mental health"),
    ("Hb", "hemoglobine: stof in het bloed die zuurstof vervoert", "haemoglobin: carries oxygen in your blood"),
    ("HbA1c", "gemiddelde bloedsuiker van de laatste maanden", "average blood sugar of the past months"),
    ("HNP", "hernia: een uitpuilende schijf tussen de wervels", "slipped disc in the back or neck"),
    ("ICS", "pufje met een ontstekingsremmer", "inhaler that calms inflammation"),
    ("ivm", "in verband met: vanwege", "because of"),
    ("i.v.m.", "in verband met: vanwege", "because of"),
    ("im", "in de spier", "into the muscle"),
    ("iv", "in een bloedvat", "into a vein"),
    ("KNO", "keel, neus en oren", "throat, nose and ears"),
    ("koorts -", "geen koorts", "no fever"),
    ("LDL", "het soort cholesterol dat slecht is voor de bloedvaten", "the cholesterol that is bad for blood vessels"),
    ("li", "links", "left"),
    ("LO", "lichamelijk onderzoek", "examination of the body"),
    ("LWI", "ontsteking in de longen of luchtwegen", "infection of the lungs or airways"),
    ("med", "medicijn of medicijnen", "medicine or medicines"),
    ("MRI", "scan met een magneet", "scan with a magnet"),
    ("mycose", "schimmelinfectie", "fungal infection"),
    ("NSAID", "pijnstiller die ook ontsteking remt, zoals ibuprofen", "painkiller such as ibuprofen"),
    ("OAC", "de pil", "the contraceptive pill"),
    ("oz", "onderzoek", "examination or test"),
    ("pat", "patiënt", "patient"),
    ("pcm", "paracetamol", "paracetamol"),
    ("po", "door de mond in te nemen", "to be taken by mouth"),
    ("POH", "praktijkondersteuner: helpt de huisarts", "practice nurse who supports the GP"),
    ("POH-GGZ", "praktijkondersteuner voor psychische klachten", "practice nurse for mental health"),
    ("pulm", "longen", "lungs"),
    ("re", "rechts", "right"),
    ("recid", "de klacht komt terug", "the complaint comes back"),
    ("roken -", "rookt niet", "does not smoke"),
    ("roken +", "rookt", "smokes"),
    ("RR", "bloeddruk", "blood pressure"),
    ("s.c.", "onder de huid", "under the skin"),
    ("SEH", "spoedeisende hulp van het ziekenhuis", "emergency department of the hospital"),
    ("soa", "ziekte die u krijgt door seks", "disease that you get through sex"),
    ("TIA", "korte verstopping van een bloedvat in de hersenen", "short blockage of a blood vessel in the brain"),
    ("tgv", "door, als gevolg van", "caused by"),
    ("UWI", "blaasontsteking of ontsteking van de plaswegen", "infection of the bladder or urinary tract"),
    ("vgl", "vergelijk", "compare"),
    ("zh", "ziekenhuis", "hospital"),
    ("ZKH", "ziekenhuis", "hospital"),
    ("zn", "zo nodig: alleen als het nodig is", "if needed"),
    ("z.n.", "zo nodig: alleen als het nodig is", "if needed"),
)


def fill(apps, schema_editor):
    """Add what is missing; a word that a practice changed stays as it is."""
    term_model = apps.get_model("record", "GlossaryTerm")
    term_model.objects.bulk_create(
        [
            term_model(term=term, language=language, explanation=explanation)
            for term, dutch, english in TERMS
            for language, explanation in (("nl", dutch), ("en", english))
        ],
        ignore_conflicts=True,
    )


def empty(apps, schema_editor):
    """Take the same words away."""
    apps.get_model("record", "GlossaryTerm").objects.filter(term__in=[term for term, _nl, _en in TERMS]).delete()


class Migration(migrations.Migration):
    dependencies = [("record", "0002_source_precision")]
    operations = [migrations.RunPython(fill, empty)]
