"""Numbers stay as they were written (FHIR decimal), and what two readers would read differently is marked."""

import json

import pytest

from zorgbalie.kernel.exact_json import (
    ExactJsonDecoder,
    ExactJsonEncoder,
    RepeatedKey,
    dump_exact_json,
    parse_exact_json,
)

TEXT = '{"a":5.40,"b":[1,-0.000,1.0E+2,{"c":"é\\"\\\\\\u0001 <b>"}],"n":null,"t":true,"i":12345678901234567890123}'


def test_decimals_come_back_digit_for_digit():
    assert dump_exact_json(parse_exact_json(TEXT)) == TEXT
    assert ExactJsonEncoder().encode(json.loads(TEXT, cls=ExactJsonDecoder)) == TEXT


def test_keys_can_be_sorted_with_and_without_decimals():
    assert dump_exact_json({"b": 1, "a": [2]}, sort_keys=True) == '{"a":[2],"b":1}'
    assert dump_exact_json(parse_exact_json('{"b":1.0,"a":2}'), sort_keys=True) == '{"a":2,"b":1.0}'


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a":-Infinity}', "{", "[1,]"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):
        parse_exact_json(text)


def test_repeated_key_is_marked():
    found = parse_exact_json('{"a":{"x":1,"x":2}}')["a"]
    assert isinstance(found, RepeatedKey)
    assert found.repeated == "x"
