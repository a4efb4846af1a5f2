"""Whose a value is: the agent's never becomes the other person's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2
from stdnum.luhn import calc_check_digit

from actions.flows.engine import FlowEngine, Intent, Message, StepKind
from actions.flows.whose import own_cue
from storage.applications import Applications
from storage.identity import Identity

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "示例样本范虚构假设试填"


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("我叫李样本", True),
        ("我的身份证是李样本", True),
        ("给我妈办，她叫李样本", False),
        ("我妈叫李样本", False),
        ("我叫王示例，我妈叫李样本", False),
        ("她本人叫李样本", False),
        ("她是我妈，我的名字李样本", True),
        ("李样本", False),
        ("给我办，李样本", False),
    ],
)
def test_given_a_value_when_somebody_is_spoken_of_before_it_then_it_is_the_nearest_ones(words, text, is_own):
    assert (own_cue(words.applicant, text, text.index("李样本")) is not None) is is_own


@st.composite
def people(draw: st.DrawFn) -> Identity:
    """Somebody signed in, with whatever registers may know."""
    born = draw(st.dates(date(1930, 1, 1), date(2007, 1, 1)))
    number = f"310101{born:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    account = f"622202{draw(st.integers(0, 10**12 - 1)):012d}"
    return Identity(
        draw(st.sampled_from(SURNAMES)) + draw(st.text(GIVEN, min_size=1, max_size=2)),
        number + mod_11_2.calc_check_digit(number),
        f"13{draw(st.integers(0, 10**9 - 1)):09d}",
        account + calc_check_digit(account),
        {
            "birth": {"eligible": True, "child_birth_date": "2026-09-18", "hospital": "示例市第一妇婴保健院"},
            "household": {"district": "黄浦区"},
            "residence": {"district": "黄浦区", "address": "黄浦区示例路18号302室"},
            "residence_permit": {"address": "闵行区虚构路66号1203室"},
            "senior": {"eligible": True, "card": "同时申领"},
        },
    )


TURNS = (
    "代办", "替别人办的", "本人", "是给我妈办的", "我叫{name}", "{name}", "我的身份证{id}", "{id}", "身份证号改成{id}",
    "我的手机{phone}", "{phone}", "我的卡号{account}", "{account}", "她叫{other_name}", "{other_name}", "{other_id}",
    "{other_phone}", "{other_account}", "我妈", "我声明属实", "还没有授权", "第一个", "第二个", "黄浦区示例路18号302室",
    "昨天", "2026年9月18日", "示例医院", "不对，改一下姓名", "不是替别人，给我自己办", "算了", "继续办理", "确认",
)  # fmt: skip
INTENTS = (Intent.INFORM, Intent.AFFIRM, Intent.DENY, Intent.CORRECT, Intent.OTHER)
TURN = st.tuples(st.sampled_from(TURNS), st.sampled_from(INTENTS))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    helper=people(), other=people(), turns=st.lists(TURN, max_size=14), which=st.integers(0, 10), later=st.booleans()
)
def test_given_any_turns_in_any_flow_when_it_is_for_another_then_nothing_of_the_helper_is_in_it(
    store, flows, texts, clock, helper, other, turns, which, later
):
    asked = sorted(item for item, flow in flows.items() if flow.agent == "allowed")
    flow = flows[asked[which % len(asked)]]
    applications = Applications(store)
    engine = FlowEngine(flows, applications, texts, clock)
    for draft in [applications.active_draft("talk"), applications.paused_draft("talk")]:
        if draft is not None:
            applications.discard(draft.id)
    said = {
        "name": helper.full_name,
        "id": helper.id_number,
        "phone": helper.phone,
        "account": helper.bank_account,
        "other_name": other.full_name,
        "other_id": other.id_number,
        "other_phone": other.phone,
        "other_account": other.bank_account,
    }
    if other.full_name == helper.full_name or other.id_number == helper.id_number:
        return  # the same person
    steps = [engine.start("talk", flow.item_id, "替别人代办", None if later else helper)]

    for text, intent in turns:
        steps.append(engine.receive("talk", Message(text.format(**said), intent), helper))
        draft = applications.active_draft("talk")
        if draft is not None and draft.context.get("applicant") == "代办":
            assert_nothing_of(helper, flow, draft.fields, same=other)
        if steps[-1].kind is StepKind.SUBMITTED:
            submitted = applications.by_receipt(steps[-1].receipt_number)
            if submitted.context["applicant"] == "代办":
                assert_nothing_of(helper, flow, submitted.fields, same=other)
                assert {"agent_name", "agent_id_number"}.isdisjoint(submitted.fields)
                assert submitted.context["agent"]["statement"]
            break


def assert_nothing_of(helper, flow, fields, same):
    """Nothing of the helper's sign-in or registers came in by itself, and no particulars came in at all."""
    for field in flow.fields:
        value = fields.get(field.name)
        if value is None or field.of_agent:
            continue
        if not field.may_be_agents:
            personal = {helper.full_name, helper.id_number, helper.phone, helper.bank_account}
            assert value not in personal - {same.phone, same.bank_account}, field.name


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(helper=people(), which=st.integers(0, 10))
def test_given_an_application_for_another_when_it_begins_then_only_agent_and_contact_come_from_the_sign_in(
    store, flows, texts, clock, helper, which
):
    asked = sorted(item for item, flow in flows.items() if flow.agent == "allowed")
    flow = flows[asked[which % len(asked)]]
    applications = Applications(store)
    engine = FlowEngine(flows, applications, texts, clock)
    engine.start("begin", flow.item_id, "替别人代办", helper)

    engine.receive("begin", Message("代办", Intent.INFORM), helper)

    draft = applications.active_draft("begin")
    contact = {one.name: helper.phone for one in flow.fields if one.may_be_agents}
    assert draft.fields == {"agent_name": helper.full_name, "agent_id_number": helper.id_number, **contact}
    applications.discard(draft.id)


@pytest.fixture
def store(open_database):
    return open_database()
