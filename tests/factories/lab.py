"""Laboratory messages as they arrive, made up: patients of the 999 range, a laboratory that does not exist."""

BSN = "999990019"
LABORATORY = "Streeklab De Vaart"


def medlab(
    bsn=BSN, *, birth="1970:05:04", number="26114711", complete="J", results=None, counters=True, extra=(),
    kind="MEDLAB", name="Wolf:van ?'t:Bruin:de:Anna:A.", reference="2601", patients=1, wrap="\n", sent="261120:0930",
) -> bytes:  # fmt: skip
    """A MEDLAB interchange with one specimen and two sections, with the counters that many send or without."""
    zero = (lambda *numbers: ":" + ":".join(map(str, numbers))) if counters else (lambda *numbers: "")
    pid = f"PID+{birth}+V+{name}++BSN{bsn}'" if bsn else f"PID+{birth}+V+{name}++'"
    body = [
        f"ZKH+{LABORATORY}+Kade:12::Utrecht:3511AB+?+31301234567+99000001'",
        *[pid] * patients,
        "PAD+Lindelaan:27a::Utrecht:3581CD+?+31644556677'",
        "ART+H+01000001+Linde:de:J.+Hoofdstraat:1::Utrecht:3511AA'",
        "AFD+Klinische chemie+030-1234567'",
        f"ARA{zero(1)}+Dr. E. Verhoeven+030-1234568'",
        f"DET{zero(1)}+26:11:19+08:15'",
        f"IDE{zero(1)}+{complete}+{number}+bloed'",
        f"OPM{zero(1)}+licht hemolytisch'",
        f"SEC{zero(1, 1)}+HAEMATOLOGIE'",
        *(results or [
            f"BEP{zero(1, 1, 1)}+0+Hemoglobine+8,6++mmol/l+N+8.5+11.0+HB'",
            f"OPB{zero(1, 1, 1, 1)}+nuchter?: ja, 5 ?+ 3'",
            f"BEP{zero(1, 1, 2)}+0+Leukocyten+12.4++10*9/l+H+4.0+10.0+LEU'",
            f"SEC{zero(1, 2)}+CHEMIE'",
            f"BEP{zero(1, 2, 1)}+0+CRP+<5++mg/l+++10+CRP'",
            f"BEP{zero(1, 2, 2)}+0+Glucose in urine+++++++GLUU'",
        ]),
        *extra,
    ]  # fmt: skip
    lines = [
        f"UNB+UNOA:1+500000101+500000201+{sent}+{reference}'",
        f"UNH+{reference}+{kind}:1'",
        *body,
        f"UNT+{len(body) + 2}+{reference}'",
        f"UNZ+1+{reference}'",
    ]
    return wrap.join(lines).encode("latin-1")


def hl7(
    bsn=BSN, *, birth="19700504", number="L2611-0815", status="F", results=None, control="M1", charset="8859/1",
    family="van der Bruin&van der&Bruin", extra=(), wrap="\r", encoding="latin-1", sent="20261120103000+0100",
) -> bytes:  # fmt: skip
    """An ORU^R01 with one order, results of several kinds, remarks and a specimen."""
    identifier = f"{bsn}^^^NLMINBIZA^NNNLD~4711^^^{LABORATORY}^PI" if bsn else f"4711^^^{LABORATORY}^PI"
    segments = [
        f"MSH|^~\\&|GLIMS|{LABORATORY}^99000001^VEKTIS|HIS|LINDE|{sent}||ORU^R01^ORU_R01|{control}|P|2.5||||||{charset}",
        f"PID|1||{identifier}||{family}^Anna^^^||{birth}|F",
        "PV1|1|O",
        f"ORC|RE|A-77|{number}||CM",
        f"OBR|1|A-77|{number}|CBC^Bloedbeeld^L|||20261119081500|||||||||01000001^Linde^J^^^^^^VEKTIS||||||20261120100000|||{status}",
        "NTE|1||Nuchter\\.br\\afgenomen",
        *(results or [
            f"OBX|1|NM|718-7^Hemoglobine^LN||8.6|mmol/L^mmol/l^UCUM|8.5-11.0|N|||{status}|||20261119081500",
            f"OBX|2|SN|1988-5^CRP^LN||<^5|mg/l|<10||||{status}",
            f"OBX|3|TX|KWK^Kweek^L||Geen groei \\T\\ geen gist~Flora: normaal||||||{status}",
            "NTE|1||Let op: patiënt gebruikt een antibioticum",
            f"OBX|4|CWE|BLG^Bloedgroep^L||O^O positief^L||||||{status}",
        ]),
        "SPM|1|||BLD^Bloed^HL70487|||||||||||||20261119081500",
        *extra,
    ]  # fmt: skip
    return (wrap.join(segments) + wrap).encode(encoding)


def medvri(bsn=BSN) -> bytes:
    """Free text by the same road."""
    lines = [
        "UNB+UNOA:1+500000101+500000201+261120:0930+2601'", "UNH+2601+MEDVRI:1'", "GGA+Praktijk Noord+Balie'",
        "DET+26:11:19+09:41'", f"PID+1970:05:04+V+Bruin:::::A.++BSN{bsn}'", "TXT:1+Beste collega'",
        "TXT:2+Graag advies'", "GGO+J. de Linde'", "UNT+8+2601'", "UNZ+1+2601'",
    ]  # fmt: skip
    return "\n".join(lines).encode()
