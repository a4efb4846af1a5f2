"""The flow engine, conversation by conversation."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from actions.flows.engine import FlowEngine, FlowUnknown, Intent, Message, Phase, StepKind
from storage.applications import Applications, ApplicationState

CERTIFICATE = "no-criminal-record-certificate"
ALLOWANCE = "birth-allowance"
OTHER_ID = "310115199203150038"
OTHER_PHONE = "13900009999"


def submitted(talk) -> int:
    return len(talk.applications.of_conversation("talk"))


class TestAKnownCitizen:
    def test_is_done_in_three_turns(self, talk):
        # given a citizen who is signed in
        one = talk()
        # when they say the wish, the purpose and yes
        assert one.start("我想申请办理有无犯罪证明").field == "purpose"
        assert one.say("出国").kind is StepKind.CONFIRM
        step = one.say("确认", "affirm")
        # then the application is submitted, with a receipt number
        assert step.kind is StepKind.SUBMITTED
        assert step.application_state is ApplicationState.SUBMITTED
        assert step.receipt_number in step.text
        assert submitted(one) == 1

    def test_sees_what_is_known_masked(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("求职")
        assert one.shown == {
            "full_name": "张*例",
            "id_number": "310*************27",
            "phone": "139****0001",
            "purpose": "求职就业",
            "delivery": "电子证明",
        }
        for value in ("张示例", "310101199304180027", "13900000001"):
            assert value not in one.last.text

    @pytest.mark.parametrize(
        "wish", ["我要办无犯罪证明出国用", "开个无犯罪记录证明，签证要用", "无犯罪证明办一下，办留学"]
    )
    def test_who_says_the_purpose_at_once_is_read_back_at_once(self, talk, wish):
        one = talk()
        step = one.start(wish)
        assert step.kind is StepKind.CONFIRM
        assert one.shown["purpose"] == "出国（境）"

    def test_is_not_asked_whom_it_is_for_when_they_say_help_me(self, talk):
        # "帮我" is no other person, whatever the facts made of it
        one = talk()
        assert one.start("帮我办个无犯罪证明", facts={"applicant": "代办"}).field == "purpose"

    def test_may_take_several_fields_in_one_sentence(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("找工作用，邮寄到上海市示例区样本路8号201室，电话13900009999")
        assert one.last.kind is StepKind.CONFIRM
        assert one.values["purpose"] == "求职就业"
        assert one.values["delivery"] == "邮寄"
        assert one.values["mailing_address"] == "上海市示例区样本路8号201室"
        assert one.values["phone"] == OTHER_PHONE

    def test_is_found_again_by_the_id_number(self, talk, people):
        one = talk()
        one.start("我要办无犯罪证明出国用")
        one.say("是的", "affirm")
        found = one.applications.of_citizen(people["demo"].id_number)
        assert [application.item_id for application in found] == [CERTIFICATE]

    def test_keeps_the_defaults_and_not_the_identity_in_what_is_submitted(self, talk):
        one = talk()
        one.start("我要办无犯罪证明出国用")
        one.say("是的", "affirm")
        application = one.applications.of_conversation("talk")[0]
        assert application.fields["delivery"] == "电子证明"
        assert "identity" not in application.context


class TestAnUnknownCitizen:
    def test_is_asked_every_field_and_told_that_the_identity_is_verified_later(self, talk):
        one = talk(None)
        asked = [one.start("我要办无犯罪证明").field]
        for answer in ("李样本", "310104198506070015", "139 0000 1234", "收养"):
            asked.append(one.say(answer).field)
        assert asked == ["full_name", "id_number", "phone", "purpose", None]
        assert one.last.kind is StepKind.CONFIRM
        assert "登录" in one.last.text

    def test_may_say_everything_in_one_sentence(self, talk):
        one = talk(None)
        step = one.start("我叫李样本，身份证310104198506070015，手机幺三九零零零零幺二三四，办无犯罪记录证明，求职用")
        assert step.kind is StepKind.CONFIRM
        assert one.values["phone"] == "13900001234"
        assert one.values["full_name"] == "李样本"

    def test_takes_more_than_was_asked(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        assert one.say("李样本，13900001234").field == "id_number"
        assert one.values == {"full_name": "李样本", "phone": "13900001234"}

    def test_who_gives_another_field_than_asked_has_not_failed(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        step = one.say("13900001234")
        assert (step.kind, step.field) == (StepKind.ASK, "full_name")
        assert one.applications.active_draft("talk").failures == 0

    def test_who_signs_in_on_the_way_is_prefilled_no_more_than_at_the_start(self, talk, people):
        one = talk(None)
        one.start("我要办无犯罪证明")
        one.engine.receive("talk", Message("李样本", Intent.INFORM), people["demo-2"])
        assert one.values == {"full_name": "李样本"}


def test_given_a_name_of_six_characters_without_a_dot_when_signed_in_then_it_is_not_asked_for(talk):
    one = talk()
    one.identity = replace(one.identity, full_name="阿拉坦其其格")

    step = one.start("我要办无犯罪证明出国用")

    assert step.kind is StepKind.CONFIRM
    assert one.shown["full_name"] == "阿****格"


class TestAnotherPerson:
    @pytest.mark.parametrize(
        "wish",
        [
            "给我妈办无犯罪记录证明",
            "我老公出国要开无犯罪证明",
            "替朋友代办无犯罪证明",
            "帮我爸申请无犯罪证明",
        ],
    )
    def test_is_asked_about_first_and_nothing_of_the_helper_is_filled_in(self, talk, wish):
        one = talk()
        step = one.start(wish)
        assert step.kind is StepKind.APPLICANT_ASKED
        assert step.choices == ("本人", "代办")
        assert one.say("代办").field == "full_name"
        assert not {"full_name", "id_number"} & set(one.values)

    def test_may_be_suggested_by_the_facts_of_the_case(self, talk):
        one = talk()
        assert one.start("办无犯罪证明", facts={"applicant": "代办"}).kind is StepKind.APPLICANT_ASKED

    def test_is_still_asked_about_when_the_wish_is_said_again_in_other_words(self, talk):
        one = talk()
        one.start("帮我妈办无犯罪记录证明")
        step = one.start("我要办无犯罪记录证明")
        assert step.kind is StepKind.APPLICANT_ASKED
        assert not {"full_name", "id_number"} & set(one.values)

    def test_is_left_to_a_person_when_the_helpers_own_number_is_given_again_and_again(self, talk):
        one = talk()
        one.start("我老婆刚生完孩子，想领生育津贴", ALLOWANCE)
        one.say("代办")
        one.say("李示例")
        one.say(OTHER_ID)
        kinds = [one.say(one.identity.phone).kind for _ in range(3)]
        assert kinds == [StepKind.ASK, StepKind.ASK, StepKind.FAILED_THRICE]
        assert "phone" not in one.values

    def test_gives_way_to_oneself_with_everything_that_registers_know(self, talk):
        one = talk()
        one.start("我老婆刚生完孩子，想领生育津贴", ALLOWANCE)
        one.say("代办")
        one.say("不是代办，我自己办", "correct")
        step = one.engine.receive("talk", Message("本人", Intent.INFORM), one.identity)
        assert step.kind is StepKind.CONFIRM
        assert one.values["hospital"] == one.identity.records["birth"]["hospital"]

    def test_gets_the_helpers_telephone_as_a_number_only(self, talk):
        one = talk()
        one.identity = replace(one.identity, phone="+86 139 0000 0001")
        one.start("帮我妈办无犯罪记录证明")
        one.say("代办")
        assert one.values["phone"] == "13900000001"

    def test_is_suggested_by_a_number_that_is_not_the_helpers(self, talk):
        one = talk()
        assert one.start(f"办无犯罪证明，身份证{OTHER_ID}").kind is StepKind.APPLICANT_ASKED

    def test_is_not_meant_after_all(self, talk):
        one = talk()
        one.start("我妈叫我来开无犯罪证明，求职用")
        step = one.say("我自己办")
        assert step.kind is StepKind.CONFIRM
        assert one.shown["full_name"] == "张*例"

    def test_keeps_what_the_first_sentence_said_of_the_matter(self, talk):
        one = talk()
        one.start("给我妈办无犯罪记录证明，她要去日本")
        one.say("替别人")
        for answer in ("李示例", OTHER_ID, "13900001234"):
            one.say(answer)
        assert one.last.kind is StepKind.AUTHORISATION_ASKED
        one.say("是的，她知道")
        assert one.last.kind is StepKind.CONFIRM
        assert one.shown["applicant"] == "代办"
        assert one.shown["relationship"] == "父母"
        assert one.shown["purpose"] == "出国（境）"

    def test_may_turn_up_in_the_middle(self, talk):
        # given a read-back for oneself
        one = talk()
        one.start("我要办无犯罪证明出国用")
        # when it turns out to be for somebody else
        assert one.say("不对，是给我妈办的", "correct").kind is StepKind.APPLICANT_ASKED
        assert one.say("代办").field == "full_name"
        # then what the identity gave is gone and the purpose stays
        assert one.values["purpose"] == "出国（境）"
        assert "id_number" not in one.values

    def test_can_be_refused_by_the_flow(self, talk, flows):
        one = talk(certificate=replace(flows[CERTIFICATE], agent="refused"))
        one.start("给我妈办无犯罪记录证明")
        step = one.say("代办")
        assert step.kind is StepKind.AGENT_REFUSED
        assert "本人" in step.text
        assert one.applications.active_draft("talk") is None

    def test_unclear_answers_are_asked_again(self, talk):
        one = talk()
        one.start("给我妈办无犯罪记录证明")
        assert one.say("嗯", "affirm").kind is StepKind.APPLICANT_ASKED
        assert one.say("第二个").field == "full_name"


class TestTheReadBack:
    @pytest.fixture
    def one(self, talk):
        one = talk()
        one.start("我要办无犯罪证明出国用")
        return one

    @pytest.mark.parametrize(
        "yes",
        [
            "对",
            "是的",
            "没问题",
            "确认提交",
            "好的，提交吧",
            "嗯嗯",
            "没错",
            "行，没有要改的",
            "对，是出国用的",
        ],
    )
    def test_a_yes_submits(self, one, yes):
        assert one.say(yes, "affirm").kind is StepKind.SUBMITTED

    @pytest.mark.parametrize("intent", ["inform", "other"])
    def test_a_plain_yes_submits_even_when_taken_for_something_else(self, one, intent):
        assert one.say("确认提交", intent).kind is StepKind.SUBMITTED

    @pytest.mark.parametrize(
        ("text", "intent", "kind"),
        [
            ("等一下", "wait", StepKind.WAIT),
            ("多久能好？", "ask", StepKind.UNCHANGED),
            ("今天天气不错", "other", StepKind.CONFIRM),
            ("我再想想", "affirm", StepKind.CONFIRM),
            ("好的，那要多久", "affirm", StepKind.CONFIRM),
            ("对，不过先别提交", "affirm", StepKind.CONFIRM),
            ("可以提交了吗？", "affirm", StepKind.CONFIRM),
            ("是的，但是我还要问一下我老公", "affirm", StepKind.CONFIRM),
            ("对，手机号错了", "affirm", StepKind.ASK),
            ("有问题", "affirm", StepKind.CONFIRM),
            ("还有问题", "other", StepKind.CONFIRM),
            ("有点问题", "affirm", StepKind.CONFIRM),
            ("没填对", "affirm", StepKind.CONFIRM),
            ("有没有问题", "affirm", StepKind.CONFIRM),
            ("不是没有问题", "affirm", StepKind.CONFIRM),
            ("不是", "deny", StepKind.ASK),
            ("不对", "correct", StepKind.ASK),
            ("都对，不用改", "deny", StepKind.CONFIRM),
            ("算了", "cancel", StepKind.CANCEL_ASKED),
        ],
    )
    def test_nothing_but_a_yes_submits(self, one, text, intent, kind):
        assert one.say(text, intent).kind is kind
        assert submitted(one) == 0
        # and the yes still works afterwards, or the way back leads to it
        if kind in (StepKind.WAIT, StepKind.UNCHANGED, StepKind.CONFIRM):
            assert one.say("确认", "affirm").kind is StepKind.SUBMITTED

    @pytest.mark.parametrize("intent", ["affirm", "deny", "inform", "correct", "other"])
    @pytest.mark.parametrize(
        "yes",
        [
            "没有问题",
            "没有问题。",
            "没什么问题",
            "没有任何问题",
            "没有错",
            "没得错",
            "没有错误",
            "都没错",
            "对，没有错",
            "对没有错",
            "对的没错",
            "嗯，没问题",
            "是的，没错",
            "以上信息没有问题",
            "信息都对",
            "那就提交吧",
            "可以的呀",
        ],
    )
    def test_a_yes_that_says_that_nothing_is_wrong_submits_whatever_it_was_taken_for(self, one, yes, intent):
        assert one.engine.is_plain_yes(yes)
        assert one.say(yes, intent).kind is StepKind.SUBMITTED

    @pytest.mark.parametrize("yes", ["核对过了", "没问题"])
    def test_a_yes_to_a_question_that_was_not_heard_is_asked_for_again(self, one, yes):
        again = one.engine.receive("talk", Message(yes, Intent.AFFIRM, question_heard=False))
        assert again.kind is StepKind.CONFIRM
        assert again.summary
        assert submitted(one) == 0
        assert one.say(yes, "affirm").kind is StepKind.SUBMITTED

    def test_a_yes_to_cancelling_that_was_not_heard_is_asked_for_again(self, one):
        one.say("算了", "cancel")
        again = one.engine.receive("talk", Message("对", Intent.AFFIRM, question_heard=False))
        assert again.kind is StepKind.CANCEL_ASKED
        assert one.say("对", "affirm").kind is StepKind.CANCELLED

    def test_a_number_that_a_message_corrects_is_told_as_if_it_were_asked(self, one):
        corrected = one.engine.number_corrected("talk", "手机号改成13900009999")
        assert (corrected.field, corrected.type, corrected.phase) == ("phone", "cn_mobile", Phase.ASK)
        assert corrected.kind.name == "cn_mobile"

    @pytest.mark.parametrize(
        ("text", "field"),
        [
            ("不对，应该是13900009999", "phone"),
            ("手机号改成139000099", "phone"),
            ("手机号不对", None),
            ("确认提交", None),
            ("用途改成求职", None),
            ("身份证号改成11010519491231002X", None),
        ],
    )
    def test_what_corrects_no_number_is_none(self, one, text, field):
        corrected = one.engine.number_corrected("talk", text)
        assert (corrected.field if corrected else None) == field

    def test_a_field_that_is_gone_on_about_need_not_be_named(self, one):
        assert one.engine.number_corrected("talk", "1390000", "phone").field == "phone"
        assert one.engine.number_corrected("nobody", "手机号改成13900009999") is None

    def test_a_yes_with_a_change_is_a_change(self, one):
        step = one.say("对，不过手机号改成13900009999", "affirm")
        assert step.kind is StepKind.CONFIRM
        assert one.shown["phone"] == "139****9999"
        assert submitted(one) == 0
        assert one.say("对", "affirm").kind is StepKind.SUBMITTED

    def test_a_side_question_keeps_the_place(self, one):
        assert one.say("要多少钱", "ask").kind is StepKind.UNCHANGED
        assert one.engine.resume("talk").kind is StepKind.CONFIRM

    def test_a_change_of_one_field_leaves_the_others_whatever_its_words(self, one):
        one.say("确认，手机换成别的", "correct")
        assert one.shown["purpose"] != "其他"
        assert one.last.kind is not StepKind.SUBMITTED

    def test_shows_how_it_is_delivered_and_changes_it_when_that_is_brought_up(self, one):
        assert one.shown["delivery"] == "电子证明"
        assert one.say("我要去窗口领", "inform").kind is StepKind.CONFIRM
        assert one.shown["delivery"] == "窗口领取"

    def test_a_change_that_needs_more_asks_for_it(self, one):
        assert one.say("改成邮寄", "correct").field == "mailing_address"
        assert one.say("上海市示例区样本路1号101室").kind is StepKind.CONFIRM
        assert one.shown["mailing_address"].endswith("****")
        assert one.say("还是电子的吧", "correct").kind is StepKind.CONFIRM
        assert "mailing_address" not in one.shown


class TestACorrection:
    @pytest.fixture
    def one(self, talk):
        one = talk()
        one.start("我要办无犯罪证明求职用")
        return one

    @pytest.mark.parametrize(
        ("text", "field", "value"),
        [
            ("手机号改成13900009999", "phone", "13900009999"),
            ("手机号不是13900000001，是13900009999", "phone", "13900009999"),
            ("电话换成139 0000 9999", "phone", "13900009999"),
            ("不是求职，是出国", "purpose", "出国（境）"),
            ("用途写错了，改成收养", "purpose", "收养"),
            ("用途不是求职就业，应该是其他", "purpose", "其他"),
            ("从求职改成签证", "purpose", "出国（境）"),
        ],
    )
    def test_with_a_value_is_read_back(self, one, text, field, value):
        assert one.say(text, "correct").kind is StepKind.CONFIRM
        assert one.values[field] == value
        assert submitted(one) == 0

    def test_without_a_value_asks_for_it(self, one):
        step = one.say("手机号不对", "correct")
        assert (step.kind, step.field) == (StepKind.ASK, "phone")
        assert one.say("13900009999").kind is StepKind.CONFIRM
        assert one.values["phone"] == OTHER_PHONE

    def test_without_a_field_asks_which(self, one):
        step = one.say("写错了", "correct")
        assert step.kind is StepKind.ASK
        assert step.choices == ("手机号", "用途", "领取方式")
        assert one.say("用途").field == "purpose"
        assert one.say("第三个").kind is StepKind.CONFIRM
        assert one.values["purpose"] == "收养"

    def test_of_several_fields_asks_one_after_the_other(self, one):
        assert one.say("手机号和用途都要改", "correct").field == "phone"
        assert one.say("13900009999").field == "purpose"
        assert one.say("出国").kind is StepKind.CONFIRM

    def test_that_is_taken_back_keeps_the_value(self, one):
        one.say("手机号改一下", "correct")
        assert one.say("算了不改了", "deny").kind is StepKind.CONFIRM
        assert one.values["phone"] == "13900000001"

    def test_to_a_wrong_value_says_what_is_wrong_and_loses_nothing(self, one):
        step = one.say("手机号改成12345", "correct")
        assert (step.kind, step.field) == (StepKind.ASK, "phone")
        assert "5位" in step.text
        assert one.values["phone"] == "13900000001"
        assert one.say("13900009999").kind is StepKind.CONFIRM

    def test_of_what_the_identity_says_is_refused(self, one):
        step = one.say("名字改成李四", "correct")
        assert step.kind is StepKind.CONFIRM
        assert "不能" in step.text
        assert one.shown["full_name"] == "张*例"

    def test_nothing_to_change_after_all(self, one):
        one.say("不是", "deny")
        assert one.say("没有要改的", "deny").kind is StepKind.CONFIRM
        assert submitted(one) == 0

    def test_works_while_another_field_is_asked(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        one.say("李样本")
        assert one.say("名字改成李样品", "correct").field == "id_number"
        assert one.values["full_name"] == "李样品"
        assert one.say("名字又写错了", "correct").field == "full_name"
        assert one.say("李样本").field == "id_number"


class TestWrongAnswers:
    def test_each_wrong_value_has_its_own_sentence_and_nothing_is_lost(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        one.say("李样本")
        assert "校验" in one.say("310104198506070016").text
        assert "15位" in one.say("310104850607001").text
        assert one.say("310104198506070015").field == "phone"
        assert one.values["full_name"] == "李样本"

    def test_three_in_a_row_are_told_to_the_caller_and_the_draft_stays(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        kinds = [one.say(text).kind for text in ("啊啊啊", "哦哦", "嗯哼")]
        assert kinds == [StepKind.ASK, StepKind.ASK, StepKind.FAILED_THRICE]
        assert one.engine.resume("talk").field == "purpose"
        assert one.say("出国").kind is StepKind.CONFIRM

    def test_a_right_answer_between_them_starts_the_count_anew(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        for text in ("不知道", "什么", "李样本", "123456", "12345678"):
            assert one.say(text).kind is StepKind.ASK
        assert one.say("123").kind is StepKind.FAILED_THRICE

    def test_the_flows_own_sentence_comes_first(self, talk, flows):
        fields = tuple(
            replace(field, invalid="请说用途。") if field.name == "purpose" else field
            for field in flows[CERTIFICATE].fields
        )
        one = talk(certificate=replace(flows[CERTIFICATE], fields=fields))
        one.start("我要办无犯罪证明")
        assert one.say("啊啊啊").text == "请说用途。"

    @pytest.mark.parametrize(
        "text", ["", "   ", "。。。", "😀😀", "<b>x</b>", "'; DROP TABLE applications;--", "/affirm"]
    )
    def test_rubbish_is_asked_again(self, talk, text):
        one = talk()
        one.start("我要办无犯罪证明")
        assert one.say(text, "other").kind is StepKind.ASK

    def test_of_two_options_one_is_asked_for(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        assert "只选一项" in one.say("出国和收养").text


class TestCancelling:
    def test_asks_once_and_ends_it(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        assert one.say("算了", "cancel").kind is StepKind.CANCEL_ASKED
        assert one.say("是的", "affirm").kind is StepKind.CANCELLED
        assert one.applications.active_draft("talk") is None
        assert one.say("出国").kind is StepKind.NONE

    @pytest.mark.parametrize("text", ["不办了", "取消"])
    def test_said_twice_is_a_yes(self, talk, text):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("算了", "cancel")
        assert one.say(text, "cancel").kind is StepKind.CANCELLED

    def test_anything_else_goes_on_where_it_stood(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("算了", "cancel")
        assert one.say("不取消", "deny").field == "purpose"
        one.say("算了", "cancel")
        assert one.say("出国").kind is StepKind.CONFIRM
        one.say("算了", "cancel")
        assert one.say("等等，取消要收钱吗", "affirm").kind is StepKind.CONFIRM


@pytest.mark.parametrize("text", ["/affirm", "／affirm", "\\affirm"])
def test_a_command_confirms_nothing_whatever_it_is_taken_for(talk, text):
    one = talk()
    one.start("我要办无犯罪证明出国用")
    assert one.say(text, "affirm").kind is StepKind.CONFIRM
    assert one.say("确认", "affirm").kind is StepKind.SUBMITTED


GOES_ON = ["不不，还是接着办", "继续办", "接着填", "继续办理", "接着办", "不取消", "算了，继续办吧", "还是办吧", "继续"]


class TestGoingOn:
    @pytest.mark.parametrize("intent", ["cancel", "affirm", "inform", "other"])
    @pytest.mark.parametrize("text", GOES_ON)
    def test_at_the_question_whether_to_cancel_it_wins_over_the_intent(self, talk, text, intent):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("算了", "cancel")
        step = one.say(text, intent)
        assert (step.kind, step.field) == (StepKind.ASK, "purpose")
        assert one.say("出国").kind is StepKind.CONFIRM

    @pytest.mark.parametrize("text", ["不继续办了", "不办了", "取消，不接着填了", "对，取消"])
    def test_a_denied_going_on_is_none(self, talk, text):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("算了", "cancel")
        assert one.say(text, "cancel").kind is StepKind.CANCELLED

    @pytest.mark.parametrize("text", ["继续办理", "接着办"])
    @pytest.mark.parametrize("said", [(), ("出国",), ("出国", "信息不对")])
    def test_in_any_phase_it_asks_again_and_counts_no_failure(self, talk, said, text):
        one = talk()
        one.start("我要办无犯罪证明")
        for answer in said:
            one.say(answer, "correct" if answer == "信息不对" else "inform")
        before = one.last
        for _ in range(4):
            step = one.say(text, "other")
            assert (step.kind, step.field) == (before.kind, before.field)
        assert one.applications.active_draft("talk").failures == 0

    def test_for_whom_it_is_is_asked_again(self, talk):
        one = talk()
        one.start("帮我妈办无犯罪证明")
        for _ in range(4):
            assert one.say("继续办理", "other").kind is StepKind.APPLICANT_ASKED

    def test_a_side_question_at_a_cancellation_goes_on_with_the_application(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        one.say("算了", "cancel")
        assert one.engine.resume("talk").field == "purpose"


class TestKeepingThePlace:
    def test_a_restart_resumes(self, talk, flows, texts, open_database, clock):
        # given a conversation that stands at the read-back
        one = talk()
        one.start("我要办无犯罪证明出国用")
        # when the program starts anew
        applications = Applications(open_database())
        engine = FlowEngine(flows, applications, texts, clock)
        # then the yes submits, once
        assert engine.expected("talk").phase == "confirm"
        assert engine.receive("talk", Message("是的", Intent.AFFIRM)).kind is StepKind.SUBMITTED
        assert len(applications.of_conversation("talk")) == 1

    def test_another_wish_sets_the_first_aside_and_it_can_be_taken_up_again(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        assert one.start("我要领生育津贴", ALLOWANCE).kind is StepKind.CONFIRM
        one.say("确认", "affirm")
        step = one.engine.resume("talk")
        assert (step.item_id, step.field) == (CERTIFICATE, "purpose")

    def test_the_same_wish_again_goes_on_with_what_is_there(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明，求职用")
        one.say("李样本")
        assert one.start("我要办无犯罪证明").field == "id_number"
        assert one.values["purpose"] == "求职就业"

    def test_a_paused_application_waits_for_nothing(self, talk):
        one = talk()
        one.start("我要办无犯罪证明")
        assert one.engine.pause("talk")
        assert one.engine.expected("talk") is None
        assert one.engine.resume("talk").field == "purpose"
        assert not one.engine.pause("nobody")

    def test_nothing_under_way(self, talk):
        one = talk()
        assert one.say("是的", "affirm").kind is StepKind.NONE
        assert one.engine.resume("talk").kind is StepKind.NONE
        assert one.engine.expected("talk") is None

    def test_an_item_without_a_flow_is_refused(self, talk):
        with pytest.raises(FlowUnknown):
            talk().start("我要办护照", "passport-first-issue")


class TestWhatIsExpected:
    def test_follows_the_conversation(self, talk):
        one = talk(None)
        one.start("我要办无犯罪证明")
        expected = one.engine.expected("talk")
        assert (expected.phase, expected.field, expected.personal) == ("ask", "full_name", "full_name")
        for answer in ("李样本", "310104198506070015", "13900001234"):
            one.say(answer)
        expected = one.engine.expected("talk")
        assert (expected.type, expected.options[0], expected.personal) == ("choice", "出国（境）", None)
        one.say("出国")
        assert one.engine.expected("talk").phase == "confirm"

    def test_names_the_question_of_the_applicant(self, talk):
        one = talk()
        one.start("给我妈办无犯罪证明")
        expected = one.engine.expected("talk")
        assert (expected.phase, expected.field, expected.options) == (
            "applicant",
            "applicant",
            ("本人", "代办"),
        )


class TestSubmitting:
    def test_two_yeses_at_the_same_time_submit_once(self, talk):
        # given a read-back
        one = talk()
        one.start("我要办无犯罪证明出国用")
        barrier = threading.Barrier(4)
        steps = []

        def say_yes():
            barrier.wait()
            steps.append(one.engine.receive("talk", Message("是的", Intent.AFFIRM)))

        # when four yeses arrive at once
        threads = [threading.Thread(target=say_yes) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # then there is one application, and whoever was answered with a receipt got its number
        assert submitted(one) == 1
        receipts = {step.receipt_number for step in steps if step.kind is StepKind.SUBMITTED}
        assert receipts == {one.applications.of_conversation("talk")[0].receipt_number}


class TestTheBirthAllowance:
    def test_is_one_confirmation_for_whom_the_register_knows(self, talk):
        one = talk()
        step = one.start("我要领生育津贴", ALLOWANCE)
        assert step.kind is StepKind.CONFIRM
        assert "免申即享" in step.text
        assert one.shown["bank_account"].endswith("0018")
        assert one.say("确认", "affirm").kind is StepKind.SUBMITTED

    def test_hides_day_and_place_of_the_birth_and_leaves_them_recognisable(self, talk):
        one = talk()
        one.start("我要领生育津贴", ALLOWANCE)
        assert one.shown["child_birth_date"] == "2026年9月**日"
        assert one.shown["hospital"] == "示例****健院"
        assert "第一妇婴" not in one.last.text and "18日" not in one.last.text
        # what is submitted is whole
        assert one.values["hospital"] == "示例市第一妇婴保健院"

    def test_lets_the_account_be_changed_and_what_the_register_says_not(self, talk):
        one = talk()
        one.start("我要领生育津贴", ALLOWANCE)
        assert {line.field for line in one.last.summary if line.editable} == {"phone", "bank_account"}
        assert one.say("卡号改成6217 0000 0000 0000 038", "correct").kind is StepKind.CONFIRM
        assert one.values["bank_account"] == "6217000000000000038"

    def test_asks_whom_the_register_does_not_know(self, talk):
        one = talk("demo-3")
        assert one.start("我要领生育津贴", ALLOWANCE).field == "child_birth_date"
        assert one.say("上个月五号").field == "hospital"
        assert one.say("示例医院").field == "bank_account"
        step = one.say("6217000000000000038")
        assert step.kind is StepKind.CONFIRM
        assert "核验" in step.text and "免申即享" not in step.text
        assert one.values["child_birth_date"] == "2026-10-05"

    def test_asks_a_husband_whom_it_is_for(self, talk):
        one = talk("demo-2")
        assert one.start("我老婆刚生完孩子，想领生育津贴", ALLOWANCE).kind is StepKind.APPLICANT_ASKED


class TestMessages:
    def test_a_report_is_taken_with_place_and_contact(self, talk):
        one = talk(None)
        step = one.start("楼上半夜装修太吵了", "citizen-report")
        assert step.field == "place" and "手机号" in step.text
        step = one.say("示例小区3号楼，电话13900001234")
        assert step.kind is StepKind.SUBMITTED
        assert step.receipt_number in step.text
        fields = one.applications.of_conversation("talk")[0].fields
        assert fields == {"content": "楼上半夜装修太吵了", "place": "示例小区3号楼", "contact": "13900001234"}

    def test_a_place_in_the_first_sentence_is_taken(self, talk):
        one = talk()
        assert one.start("样本路128号门口的路灯坏了", "citizen-report").kind is StepKind.SUBMITTED
        assert one.applications.of_conversation("talk")[0].fields["place"] == "样本路128号门口"

    def test_a_message_is_left(self, talk):
        one = talk(None)
        one.start("", "leave-message")
        assert one.say("13900001234").field == "content"
        assert one.say("想问居住证怎么办").kind is StepKind.SUBMITTED
