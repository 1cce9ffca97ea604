"""The pure rules per kind of result (REQ 64; ux 32): which are about a report, and what is strictest."""

from datetime import date, timedelta

import pytest

from zorgbalie.record.rules.result_kinds import find_objection, find_rules, is_about, make_terms
from zorgbalie.record.types.result_kinds import Determination, HearBy, Objection, ResultRule, Wishes

DAY = date(2026, 11, 24)
REST = ResultRule(kind_id=None, name="", is_rest=True)
BLOOD = ResultRule(kind_id=1, name="Bloed", words=("kalium",), codes=("352",))
SOA = ResultRule(kind_id=2, name="Soa", words=("soa", "hiv"), first=HearBy.CALL, wait_days=3, is_upsetting=True)
TISSUE = ResultRule(kind_id=3, name="Weefsel", words=("weefsel",), first=HearBy.VISIT)
LATE = ResultRule(kind_id=4, name="Foto", words=("echo",), wait_days=5)
OFF = ResultRule(kind_id=5, name="Erfelijk", words=("dna",), uses_portal=False)
ALL = (BLOOD, SOA, TISSUE, LATE, OFF, REST)


def result(title, code="", group=""):
    return Determination(code=code, title=title, group_title=group)


def terms(*titles, wishes=None, rules=ALL):
    applied = find_rules(rules=rules, results=[result(title) for title in titles])
    return make_terms(applied=applied, wishes=wishes or Wishes(), received_on=DAY, has_spoken=False)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (result("Kalium"), True),
        (result("Serum-kalium"), True),
        (result("kaliumwaarde"), True),
        (result("Iets", code="352"), True),
        (result("Iets", group="KALIUM en natrium"), True),
        (result("Hyperkaliumtest"), False),
        (result("Iets", code="3520"), False),
    ],
)
def test_req64_a_rule_names_by_code_or_beginning_of_a_word(found, expected):
    assert is_about(rule=BLOOD, result=found) is expected


def test_an_empty_code_matches_no_empty_code():
    assert not is_about(rule=ResultRule(kind_id=9, name="x", codes=("",)), result=result("Iets"))


def test_a_word_with_signs_of_a_pattern_is_a_word():
    assert not is_about(rule=ResultRule(kind_id=9, name="x", words=(".*",)), result=result("Kalium"))


def test_what_no_kind_names_and_an_empty_report_fall_under_the_rest():
    assert [one.rule for one in find_rules(rules=ALL, results=[result("IJzer")])] == [REST]
    assert [one.rule for one in find_rules(rules=ALL, results=[])] == [REST]


def test_one_result_may_fall_under_two_kinds():
    found = find_rules(rules=ALL, results=[result("Echo van weefsel")])
    assert [one.rule for one in found] == [TISSUE, LATE]


@pytest.mark.parametrize(
    ("titles", "day", "spoken", "expected"),
    [
        (["Kalium"], DAY, False, None),
        (["Kalium", "DNA", "HIV", "Echo"], DAY, True, Objection.PORTAL_OFF),
        (["HIV", "Echo"], DAY, False, Objection.TOLD_FIRST),
        (["HIV"], DAY + timedelta(days=30), False, Objection.TOLD_FIRST),
        (["HIV"], DAY, True, None),
        (["HIV", "Echo"], DAY, True, Objection.TOO_EARLY),
        (["HIV", "Echo"], DAY + timedelta(days=5), True, None),
        (["Echo"], DAY + timedelta(days=4), False, Objection.TOO_EARLY),
        (["Echo"], DAY + timedelta(days=4), True, Objection.TOO_EARLY),
        (["Echo"], DAY + timedelta(days=5), False, None),
    ],
)
def test_req63_the_strictest_rule_decides(titles, day, spoken, expected):
    assert find_objection(terms=terms(*titles), day=day, has_spoken=spoken) is expected


def test_a_visit_is_more_careful_than_a_call_and_what_can_frighten_counts_for_all():
    found = terms("Kalium", "HIV", "Weefsel")
    assert (found.first, found.is_upsetting) == (HearBy.VISIT, True)


@pytest.mark.parametrize(
    ("general", "own", "titles", "expected"),
    [
        (None, {}, ["Kalium"], None),
        (HearBy.CALL, {}, ["Kalium"], HearBy.CALL),
        (HearBy.CALL, {1: HearBy.ONLINE}, ["Kalium"], HearBy.ONLINE),
        (HearBy.CALL, {1: HearBy.ONLINE}, ["Kalium", "IJzer"], HearBy.CALL),
        (HearBy.ONLINE, {1: HearBy.VISIT}, ["Kalium", "IJzer"], HearBy.VISIT),
        (None, {2: HearBy.CALL}, ["Kalium"], None),
    ],
)
def test_ux32_the_wish_for_a_kind_goes_before_the_general_one(general, own, titles, expected):
    assert terms(*titles, wishes=Wishes(general=general, per_kind=own)).wish is expected


def test_ux32_a_wish_to_read_at_once_takes_no_rule_of_the_practice_away():
    found = terms("HIV", wishes=Wishes(general=HearBy.ONLINE))
    assert find_objection(terms=found, day=DAY, has_spoken=False) is Objection.TOLD_FIRST
