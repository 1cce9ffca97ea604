"""XML and JSON give the same, element by element (FHIR STU3, XML and JSON representation)."""

import json
from decimal import Decimal

import pytest

from tests.factories import dossier as made
from zorgbalie.exchange.rules.xml_file import read_xml
from zorgbalie.exchange.types import BrokenFile
from zorgbalie.kernel.exact_json import dump_exact_json


@pytest.mark.parametrize(
    "resource", [*made.whole("999990019"), made.bundle(*made.whole())], ids=lambda r: r["resourceType"]
)
def test_xml_gives_the_same_json(resource):
    assert read_xml(text=made.as_xml(resource), file="f") == json.loads(json.dumps(resource), parse_float=Decimal)


def test_lists_numbers_and_extensions_beside_values():
    text = """<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"><id value="1"/>
      <contained><Organization><id value="o"/><name value="X"/></Organization></contained>
      <text><status value="generated"/>
        <div xmlns="http://www.w3.org/1999/xhtml">A &amp; <b class="x">B</b><br/>C</div></text>
      <active value="true"/>
      <name><given value="J"/><given><extension url="urn:q"><valueCode value="IN"/></extension></given></name>
      <birthDate id="b" value="1970-05-04"/><multipleBirthInteger value="2"/>
      <!-- a comment is no content --></Patient>"""
    assert read_xml(text=text, file="f") == {
        "resourceType": "Patient",
        "id": "1",
        "contained": [{"resourceType": "Organization", "id": "o", "name": "X"}],
        "text": {
            "status": "generated",
            "div": '<div xmlns="http://www.w3.org/1999/xhtml">A &amp; <b class="x">B</b><br></br>C</div>',
        },
        "active": True,
        "name": [{"given": ["J", None], "_given": [None, {"extension": [{"url": "urn:q", "valueCode": "IN"}]}]}],
        "birthDate": "1970-05-04",
        "_birthDate": {"id": "b"},
        "multipleBirthInteger": 2,
    }


def test_narrative_that_is_nested_too_deep_is_refused_and_not_cut():
    deep = '<div xmlns="http://www.w3.org/1999/xhtml">' + "<b>" * 100 + "x" + "</b>" * 100 + "</div>"
    with pytest.raises(BrokenFile, match="nested too deep"):
        read_xml(text=f'<Patient xmlns="http://hl7.org/fhir"><text>{deep}</text></Patient>', file="f")


def test_decimals_keep_their_digits():
    text = made.as_xml(made.result()).replace('value="160"', 'value="5.40"')
    assert '"value":5.40' in dump_exact_json(read_xml(text=text, file="f"))
    text = made.as_xml(made.result()).replace('value="160"', 'value="hoog"')
    assert read_xml(text=text, file="f")["valueQuantity"]["value"] == "hoog"
