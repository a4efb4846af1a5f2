"""Applying for another person: who the agent is, what they state, and what goes with the application."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stdnum.iso7064 import mod_11_2

from actions.flows.engine import StepKind
from storage.agents import agent_of
from storage.application_states import ApplicationState
from tests.actions.flows.conftest import CERTIFICATE, NOW

MOTHER = ("王示例", "310115196203150038", "13900001234")


def numbered(born: str) -> str:
    """Return an ID number of somebody born on a day."""
    number = f"310101{born}001"
    return number + mod_11_2.calc_check_digit(number)


def asked_to_state(talk, who="demo", wish="帮我妈办无犯罪记录证明，她要出国", number=numbered("19620315")):
    """Carry an application for another person to the statement."""
    one = talk(who)
    one.start(wish)
    one.say("代办")
    one.say(MOTHER[0])
    one.say(number)
    return one


class TestTheStatement:
    def test_given_a_mother_when_everything_is_filled_in_then_the_child_states_to_be_authorised(self, talk):
        one = asked_to_state(talk)

        assert one.last.kind is StepKind.AUTHORISATION_ASKED
        assert "我是被代办人的子女，已经得到被代办人本人授权，替其办理无犯罪记录证明" in one.last.text
        assert one.last.choices == ("我声明属实", "还没有授权")

        step = one.say("我声明属实", "other")

        assert step.kind is StepKind.CONFIRM
        assert one.shown["relationship"] == "父母" and one.shown["agent_name"] == "张*例"
        assert (
            one.shown["authorisation"].startswith("我是被代办人的子女")
            and "2026年11月23日" in one.shown["authorisation"]
        )

    def test_given_the_yes_when_it_is_submitted_then_the_agent_is_kept_and_shown_and_no_field(self, talk, people):
        one = asked_to_state(talk)
        one.say("是的，她让我办的", "affirm")

        step = one.say("确认", "affirm")

        assert step.kind is StepKind.SUBMITTED
        application = one.applications.of_citizen(numbered("19620315"))[0]
        assert not one.applications.of_citizen(people["demo"].id_number)
        assert {"agent_name", "agent_id_number"}.isdisjoint(application.fields)
        agent = agent_of(application)
        assert agent is not None
        assert (agent.name, agent.id_number) == ("张示例", "310*************27")
        assert (agent.relation, agent.role, agent.said) == ("父母", "子女", "是的,她让我办的")
        assert agent.stated_at == NOW
        assert people["demo"].id_number not in str(application)
        # the receipt shows it, also later
        for summary in (step.summary, one.engine.summary(application)):
            shown = {line.field: line.value for line in summary}
            assert shown["agent_name"] == "张*例" and shown["agent_id_number"] == "310*************27"
            assert agent.statement in shown["authorisation"]

    def test_given_ones_own_application_when_it_is_submitted_then_it_has_no_agent(self, talk):
        one = talk()
        one.start("我要办无犯罪证明出国用")
        one.say("确认", "affirm")

        assert agent_of(one.applications.of_conversation("talk")[0]) is None

    @pytest.mark.parametrize(("said", "intent"), [("还没有授权", "other"), ("她还不知道", "inform"), ("没有", "deny")])
    def test_given_no_authorisation_when_it_is_told_then_nothing_goes_on_and_nothing_is_lost(self, talk, said, intent):
        one = asked_to_state(talk)

        step = one.say(said, intent)

        assert step.kind is StepKind.AUTHORISATION_ASKED and "不能替别人提交" in step.text
        assert one.values["full_name"] == MOTHER[0]
        assert one.say("现在她同意了").kind is StepKind.CONFIRM

    @pytest.mark.parametrize("said", ["好吧，不过我再问问她", "今天天气不错", "要是她同意呢"])
    def test_given_anything_but_a_statement_when_it_is_said_then_it_is_asked_again(self, talk, said):
        one = asked_to_state(talk)

        assert one.say(said, "other").kind is StepKind.AUTHORISATION_ASKED

    def test_given_three_unclear_answers_when_in_a_row_then_a_person_is_offered(self, talk):
        one = asked_to_state(talk)

        kinds = [one.say(said, "other").kind for said in ("啥", "什么意思", "这个")]

        assert kinds[-1] is StepKind.FAILED_THRICE

    def test_given_a_correction_when_it_is_asked_then_it_is_taken_first(self, talk):
        one = asked_to_state(talk)

        step = one.say("手机号改成13900005678", "correct")

        assert step.kind is StepKind.AUTHORISATION_ASKED
        assert one.values["phone"] == "13900005678"

    def test_given_another_person_or_relation_when_it_is_corrected_at_the_read_back_then_it_is_stated_anew(self, talk):
        one = asked_to_state(talk)
        one.say("我声明属实")

        assert one.say("关系改成监护人", "correct").kind is StepKind.AUTHORISATION_ASKED
        assert "监护人，依法" in one.last.text
        assert one.say("我声明属实").kind is StepKind.CONFIRM
        assert one.say("用途改成收养", "correct").kind is StepKind.CONFIRM

        step = one.say(f"被代办人的身份证号改成{numbered('19630401')}", "correct")

        assert step.kind is StepKind.AUTHORISATION_ASKED

    def test_given_the_statement_when_the_citizen_gives_up_then_it_is_cancelled(self, talk):
        one = asked_to_state(talk)

        assert one.say("算了，不办了", "cancel").kind is StepKind.CANCEL_ASKED
        assert one.say("对", "affirm").kind is StepKind.CANCELLED

    def test_given_a_restart_when_it_was_being_stated_then_it_is_asked_again(self, talk):
        one = asked_to_state(talk)
        one.engine.pause("talk")

        assert one.engine.resume("talk").kind is StepKind.AUTHORISATION_ASKED
        assert one.engine.expected("talk").field == "authorisation"


class TestGuardians:
    @pytest.mark.parametrize(
        ("wish", "born", "stated"),
        [
            ("给我女儿办无犯罪记录证明，留学用", "20101124", "我是被代办人的监护人，依法替被代办人办理"),
            ("给我女儿办无犯罪记录证明，留学用", "20081123", "我是被代办人的父母，已经得到被代办人本人授权"),
            ("替我弟弟办无犯罪记录证明，留学用", "20101124", "被代办人未满18周岁，我已经得到其监护人授权"),
        ],
    )
    def test_given_a_minor_when_another_applies_then_it_is_the_guardian_who_states_or_authorises(
        self, talk, wish, born, stated
    ):
        one = asked_to_state(talk, wish=wish, number=numbered(born))

        assert stated in one.last.text

    def test_given_an_elder_who_cannot_decide_when_the_guardian_applies_then_it_is_the_guardians_sentence(self, talk):
        one = asked_to_state(
            talk, wish="替邻居老人代办无犯罪记录证明，其他用途，我是法定监护人", number=numbered("19400101")
        )

        while one.last.field == "relationship":
            one.say("我是监护人")

        assert "依法替被代办人办理" in one.last.text


class TestWhoIsNotSignedIn:
    def test_given_nobody_signed_in_when_another_is_applied_for_then_the_agent_is_asked_who_they_are(self, talk):
        one = talk(None)
        one.start("帮我妈办无犯罪记录证明，她要出国")
        one.say("代办")

        asked = [one.say(said).field for said in (*MOTHER[:1], numbered("19620315"), MOTHER[2])]

        assert asked == ["id_number", "phone", "agent_name"]
        assert "您（代办人）" in one.last.text
        assert one.say("我叫李样本，身份证310104198506070015").kind is StepKind.AUTHORISATION_ASKED
        one.say("我声明属实")
        one.say("确认", "affirm")
        agent = agent_of(one.applications.of_conversation("talk")[0])
        assert agent is not None and (agent.name, agent.id_number) == ("李样本", "310*************15")

    def test_given_the_agents_own_words_first_when_it_is_settled_then_they_are_the_agents(self, talk):
        one = talk(None)
        one.start("我叫李样本，身份证310104198506070015，给我妈办无犯罪记录证明，她叫王示例，签证用")

        one.say("代办")

        assert one.values["agent_name"] == "李样本" and one.values["agent_id_number"] == "310104198506070015"
        assert one.values.get("full_name") in (None, "王示例") and "id_number" not in one.values

    def test_given_ones_own_name_when_the_other_persons_was_asked_then_it_is_asked_again(self, talk):
        one = talk(None)
        one.start("替朋友代办无犯罪记录证明")
        one.say("代办")

        step = one.say("我叫李样本")

        assert step.field == "full_name" and "full_name" not in one.values
        assert one.values["agent_name"] == "李样本"

    def test_given_the_same_number_for_both_when_it_is_said_then_the_agents_is_asked_again(self, talk):
        one = talk(None)
        one.start("替朋友代办无犯罪记录证明，出国")
        for said in ("代办", *MOTHER[:1], numbered("19620315"), MOTHER[2]):
            one.say(said)

        step = one.say(f"我叫李样本，身份证{numbered('19620315')}")

        assert step.field == "agent_name" and "同一个人" in step.text
        assert one.values["id_number"] == numbered("19620315")

    def test_given_a_sign_in_on_the_way_when_another_is_applied_for_then_it_is_the_agents(self, talk, people):
        from actions.flows.engine import Intent, Message

        one = talk(None)
        one.start("替朋友代办无犯罪记录证明，出国")
        one.say("代办")

        one.engine.receive("talk", Message(MOTHER[0], Intent.INFORM), people["demo-2"])

        assert one.values["agent_name"] == "李样本" and one.values["full_name"] == MOTHER[0]


class TestWhereItIsRefused:
    def test_given_a_reason_when_another_is_applied_for_then_it_is_said(self, talk, flows):
        one = talk(certificate=replace(flows[CERTIFICATE], agent="refused", agent_refused="要本人到场拍照"))
        one.start("给我妈办无犯罪记录证明")

        step = one.say("代办")

        assert step.kind is StepKind.AGENT_REFUSED and "不能代办：要本人到场拍照。请本人" in step.text


def test_given_ones_own_particulars_when_they_are_typed_for_the_other_then_they_are_refused(talk, people):
    one = talk("demo")
    one.start("给我妈补社保卡，丢了", "social-security-card-reissue")
    one.say("代办")
    helper = people["demo"]

    for said, field in ((helper.full_name, "full_name"), (MOTHER[0], "id_number"), (helper.id_number, "id_number")):
        assert one.say(said).field == field
    one.say(numbered("19620315"))
    step = one.say(helper.phone)

    assert step.field == "phone" and "您自己的手机号" in step.text
    assert one.say(MOTHER[2]).kind is StepKind.AUTHORISATION_ASKED


def test_given_a_read_back_for_oneself_when_it_becomes_anothers_and_back_then_ones_own_values_are_there_again(talk):
    one = talk()
    one.start("我要办无犯罪证明出国用")
    one.say("不对，是给我妈办的", "correct")
    one.say("代办")
    assert "id_number" not in one.values

    one.say("搞错了，给我自己办", "correct")
    step = one.say("本人")

    assert step.kind is StepKind.CONFIRM and one.shown["full_name"] == "张*例"
    assert "authorisation" not in one.shown
    assert one.say("确认", "affirm").application_state is ApplicationState.SUBMITTED
