"""The flows of `data/flows`, each from the wish to the receipt."""

from __future__ import annotations

from string import Formatter
from unicodedata import normalize

import pytest
import yaml

from actions.flows.choice_field import Choice
from actions.flows.engine import StepKind
from actions.flows.fields import readable
from storage.identity import Identity
from tests.actions.flows.conftest import NOW

PERMIT = "residence-permit-endorsement"
CARD = "social-security-card-reissue"
SENIOR = "senior-allowance"
RENT = "housing-fund-rent-withdrawal"
LOSS = "id-card-loss-report"
UNEMPLOYED = "unemployment-registration"
HALL = "service-hall-appointment"

PERSON = ("周试填", "330106197702040069", "13900007777")
"""name, ID number and telephone of somebody whom no register knows"""
ELDER = ("吴试填", "310110195601010049", "13900008888")


def submitted(talk):
    return talk.applications.of_conversation("talk")[0].fields


def answers(talk, *said: str):
    """Say one thing after the other; return the fields that were asked after each."""
    return [talk.say(text).field for text in said]


class TestTheFiles:
    def test_given_every_choice_when_its_words_are_read_then_none_means_two_options(self, flows):
        for flow in flows.values():
            for field in flow.fields:
                if isinstance(field.kind, Choice):
                    names = [name for option in field.kind.options for name in {option.value, *option.words}]
                    spelled = [normalize("NFKC", name).lower() for name in names]
                    assert len(spelled) == len(set(spelled)), (flow.item_id, field.name)

    def test_given_every_option_when_it_is_said_by_any_of_its_words_then_it_is_the_one_understood(self, flows):
        for flow in flows.values():
            for field in flow.fields:
                for option in field.kind.options if isinstance(field.kind, Choice) else ():
                    for word in (option.value, *option.words):
                        said = field.kind.parse(readable(word), NOW.date())
                        assert said == option.value, (flow.item_id, field.name, word)

    def test_given_what_registers_know_of_the_demonstration_identities_when_read_then_every_field_takes_it(
        self, flows, people
    ):
        from actions.flows.draft import look_up

        for person in people.values():
            known = person.as_mapping()
            for flow in flows.values():
                for field in flow.fields:
                    value = look_up(known, field.source)
                    if value is not None:
                        assert field.kind.parse(readable(value), NOW.date()), (flow.item_id, field.name)

    def test_given_a_certificate_when_it_names_fields_then_every_application_has_them(self, flows, data):
        described = yaml.safe_load((data / "texts" / "certificates.yml").read_text(encoding="utf-8"))
        for item_id, flow in flows.items():
            if flow.submit.delivers == "certificate_pdf":
                always = {field.name for field in flow.fields if not field.when} | {"date", "birth_date"}
                texts = [value for _, value in described[item_id]["rows"]] + described[item_id]["body"]
                named = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
                assert named <= always, item_id

    def test_given_a_promise_when_the_guide_names_days_then_they_are_the_same_or_those_of_its_note(self, flows, data):
        guides = {
            item["item_id"]: item
            for path in (data / "items").glob("*.yml")
            for item in yaml.safe_load(path.read_text(encoding="utf-8"))["items"]
        }
        for item_id in (PERMIT, CARD, SENIOR, RENT, UNEMPLOYED):
            limits, promise = guides[item_id]["time_limits"], flows[item_id].submit.promise
            assert promise == f"{limits['promised']}个工作日" or promise in limits["note"], item_id
        assert [guides[item_id]["time_limits"]["promised"] for item_id in (LOSS, HALL)] == [0, 0]
        assert flows[LOSS].submit.promise is flows[HALL].submit.promise is None


class TestAKnownCitizen:
    @pytest.mark.parametrize(
        ("who", "item", "wish", "asked", "answer"),
        [
            ("demo-5", PERMIT, "我的居住证快到日子了，要签注", "ground", "在公司上班，一直交着社保"),
            ("demo", CARD, "社保卡帮我补办一张", "reason", "上礼拜逛街弄丢了"),
            ("demo-4", SENIOR, "我想领高龄津贴", "bank", "就要农行的吧"),
            ("demo", LOSS, "我要把身份证挂失", "lost_place", "前天在地铁二号线上丢的"),
            ("demo-5", UNEMPLOYED, "我要登记失业", "reason", "厂子倒闭了"),
            ("demo", HALL, "帮我约个号", "day", "后天上午九点"),
        ],
    )
    def test_given_a_wish_when_the_one_question_is_answered_then_a_yes_submits(
        self, talk, who, item, wish, asked, answer
    ):
        one = talk(who)
        assert one.start(wish, item).field == asked

        assert one.say(answer).kind is StepKind.CONFIRM

        assert one.say("对，提交吧", "affirm").kind is StepKind.SUBMITTED

    def test_given_a_filed_contract_when_the_rent_is_to_be_paid_from_the_fund_then_nothing_is_asked(self, talk):
        one = talk("demo")

        step = one.start("每个月房租想从公积金里出", RENT)

        assert step.kind is StepKind.CONFIRM
        assert "联网核验" in step.text
        assert one.shown["rent_kind"] == "市场租房已备案" and one.shown["monthly_rent"] == "4500元"
        assert one.shown["period"] == "按月"
        assert "样例备案20260018" not in step.text and "6222020000000000018" not in step.text
        assert one.say("确认", "affirm").kind is StepKind.SUBMITTED

    @pytest.mark.parametrize(
        ("who", "item", "wish", "said"),
        [
            ("demo-5", PERMIT, "居住证签注一下，我是租的房子", {"ground": "租赁住房"}),
            ("demo", CARD, "社保卡芯片坏了，换一张，换成工行的，寄给我", {"reason": "损坏换领", "bank": "工商银行"}),
            ("demo", LOSS, "昨天我在样本路菜市场身份证被偷了，挂失", {"lost_date": "2026年11月22日", "cause": "被盗"}),
            ("demo-5", UNEMPLOYED, "我被裁员了，办失业登记，想参加培训", {"service": "希望参加培训"}),
            ("demo", HALL, "约明天下午三点去徐汇办房产过户", {"hall": "徐汇区行政服务中心", "matter": "不动产登记"}),
        ],
    )
    def test_given_everything_in_the_wish_when_it_is_said_then_it_is_read_back_at_once(
        self, talk, who, item, wish, said
    ):
        one = talk(who)

        assert one.start(wish, item).kind is StepKind.CONFIRM

        assert {name: one.shown[name] for name in said} == said

    def test_given_a_permit_when_it_is_read_back_then_the_registered_address_is_masked_and_stays(self, talk):
        one = talk("demo-5")
        one.start("居住证签注，我租的房", PERMIT)
        assert one.shown["address"].startswith("闵行区虚") and one.shown["address"].endswith("****")

        step = one.say("地址改成闵行区样本路1号101室", "correct")

        assert step.kind is StepKind.CONFIRM and "不能" in step.text and "变更居住登记" in step.text
        assert one.values["address"] == "闵行区虚构路66号1203室"

    def test_given_a_lost_card_when_it_is_reissued_then_the_bank_stays_unless_another_is_named(self, talk):
        one = talk("demo")
        one.start("社保卡丢了，补一张", CARD)
        assert one.shown["bank"] == "与原卡相同" and "new_bank" not in one.shown

        one.say("发卡银行换成建行", "correct")

        assert one.shown["bank"] == "建设银行" and one.shown["reason"] == "遗失补领"

    def test_given_only_the_bank_is_to_change_when_asked_then_the_new_one_is_needed(self, talk):
        one = talk("demo")
        assert one.start("社保卡想换个银行", CARD).field == "new_bank"

        assert one.say("邮储的").kind is StepKind.CONFIRM

        assert one.shown["new_bank"] == "邮储银行" and "bank" not in one.shown
        one.say("确认", "affirm")
        assert submitted(one)["new_bank"] == "邮储银行" and "bank" not in submitted(one)

    def test_given_a_card_sent_home_when_the_address_is_known_then_it_is_not_asked(self, talk):
        one = talk("demo")
        one.start("社保卡丢了，补一张，快递给我", CARD)

        assert one.last.kind is StepKind.CONFIRM
        assert one.shown["mailing_address"].endswith("****")

    def test_given_a_senior_with_a_card_when_it_is_said_then_no_bank_is_asked(self, talk):
        one = talk("demo-4")
        one.start("申领老年综合津贴", SENIOR)

        step = one.say("敬老卡我已经有了")

        assert step.kind is StepKind.CONFIRM and "bank" not in one.shown
        assert "符合申领条件" in step.text

    def test_given_a_graduate_when_registering_then_no_day_of_leaving_is_asked(self, talk):
        one = talk("demo-5")
        one.start("办失业登记", UNEMPLOYED)

        assert one.say("刚毕业还没上过班").kind is StepKind.CONFIRM

        assert "left_on" not in one.shown


class TestAnUnknownCitizen:
    @pytest.mark.parametrize(
        ("item", "wish", "said", "asked"),
        [
            (
                PERMIT,
                "居住证年审",
                [*PERSON, "普陀区样本路9号402室", "孩子和我都在这边读书，我读研"],
                ["full_name", "id_number", "phone", "address", "ground"],
            ),
            (CARD, "换社保卡", [*PERSON, "刷不出来了"], ["full_name", "id_number", "phone", "reason"]),
            (
                SENIOR,
                "老人津贴我要申请",
                [*ELDER, "户口在杨浦", "还没办过", "上海银行"],
                ["full_name", "id_number", "phone", "district", "senior_card", "bank"],
            ),
            (
                RENT,
                "公积金抵房租",
                [*PERSON, "合同在网上备过案了", "沪租2026第0007号", "3200元", "6216610000000000065"],
                ["full_name", "id_number", "phone", "rent_kind", "filing_number", "monthly_rent", "bank_account"],
            ),
            (
                LOSS,
                "身份证丢了先挂失",
                [*PERSON, "好像是出租车上", "11月20号"],
                ["full_name", "id_number", "phone", "lost_place", "lost_date"],
            ),
            (
                UNEMPLOYED,
                "登记失业",
                [*PERSON, "自己辞职的", "上个月十五号", "宝山"],
                ["full_name", "id_number", "phone", "reason", "left_on", "district"],
            ),
            (
                HALL,
                "预约大厅",
                [*PERSON, "嘉定", "周四", "上午", "第二个"],
                ["full_name", "id_number", "phone", "hall", "day", "slot", "slot"],
            ),
        ],
    )
    def test_given_nobody_signed_in_when_each_question_is_answered_then_it_is_submitted(
        self, talk, item, wish, said, asked
    ):
        one = talk(None)

        fields = [one.start(wish, item).field, *answers(one, *said)]

        assert fields == [*asked, None]
        assert one.last.kind is StepKind.CONFIRM and "登录" in one.last.text
        assert one.say("没错", "affirm").kind is StepKind.SUBMITTED

    def test_given_a_contract_that_is_not_filed_when_the_kind_is_told_then_no_number_is_asked(self, talk):
        one = talk(None)
        one.start("租房提取公积金", RENT)
        answers(one, *PERSON)

        assert one.say("房东不肯备案").field == "monthly_rent"

        assert one.values["rent_kind"] == "市场租房未备案"

    def test_given_hall_day_and_slot_when_asked_in_one_breath_then_one_sentence_answers_all(self, talk):
        one = talk(None)
        one.start("我叫周试填，身份证330106197702040069，手机13900007777，约个大厅的号", HALL)
        assert all(part in one.last.text for part in ("哪个区", "哪一天", "上午还是下午"))

        assert one.say("静安的，下周一早上十点").kind is StepKind.CONFIRM

        assert one.shown["day"] == "2026年11月30日" and one.shown["slot"] == "10:00–11:00"


class TestAnotherPerson:
    @pytest.mark.parametrize(
        ("item", "wish", "said"),
        [
            (PERMIT, "替我老公签注居住证", ["金山区样本路3号", "他在工厂上班"]),
            (CARD, "帮我妈补社保卡，她那张掉了", []),
            (SENIOR, "我奶奶今年刚满七十岁，高龄津贴怎么给她申请上", ["普陀区", "领过卡了"]),
            (LOSS, "给我爸挂失身份证", ["公园里", "昨天"]),
            (HALL, "替同事预约个号", ["青浦", "明天", "下午", "第一个"]),
        ],
    )
    def test_given_a_flow_that_allows_it_when_one_applies_for_another_then_nothing_of_oneself_is_used(
        self, talk, item, wish, said
    ):
        one = talk("demo")
        assert one.start(wish, item).kind is StepKind.APPLICANT_ASKED
        assert one.say("代办").field == "full_name"

        answers(one, *ELDER)
        while one.last.field == "relationship":
            one.say("是亲戚")
        answers(one, *said)
        assert one.last.kind is StepKind.AUTHORISATION_ASKED

        one.say("对，已经同意了", "affirm")

        assert one.last.kind is StepKind.CONFIRM
        assert one.shown["applicant"] == "代办" and one.shown["full_name"] == "吴*填"
        one.say("对的", "affirm")
        assert submitted(one)["id_number"] == ELDER[1] and "张示例" not in submitted(one).values()

    @pytest.mark.parametrize(("item", "wish"), [(RENT, "给我老婆提公积金付房租"), (UNEMPLOYED, "替我弟弟办失业登记")])
    def test_given_a_flow_that_refuses_it_when_one_applies_for_another_then_it_ends(self, talk, item, wish):
        one = talk("demo")
        assert one.start(wish, item).kind is StepKind.APPLICANT_ASKED

        step = one.say("代办")

        assert step.kind is StepKind.AGENT_REFUSED and "本人" in step.text
        assert one.applications.active_draft("talk") is None


class TestWhoDoesNotQualify:
    def test_given_somebody_of_33_when_they_want_the_allowance_for_seniors_then_nothing_is_filled_in(self, talk):
        one = talk("demo")

        step = one.start("我要申请高龄津贴", SENIOR)

        assert step.kind is StepKind.NOT_ELIGIBLE
        assert "65周岁" in step.text and "替老人申请" in step.text
        assert one.applications.active_draft("talk") is None
        assert one.say("长宁区").kind is StepKind.NONE

    def test_given_nobody_signed_in_when_the_id_number_tells_the_age_then_it_ends_there(self, talk):
        one = talk(None)
        one.start("申请老年综合津贴", SENIOR)

        assert [one.say(said).kind for said in PERSON[:2]] == [StepKind.ASK, StepKind.NOT_ELIGIBLE]

    def test_given_an_elder_from_elsewhere_when_the_register_says_no_then_nothing_is_filled_in(self, talk):
        one = talk(None)
        one.identity = Identity(*ELDER, records={"senior": {"eligible": False}})

        assert one.start("申请老年综合津贴", SENIOR).kind is StepKind.NOT_ELIGIBLE

    def test_given_an_elder_whom_no_register_knows_when_applying_then_it_is_checked_afterwards(self, talk):
        one = talk(None)
        one.identity = Identity(*ELDER)
        one.start("申请老年综合津贴，户口在松江，敬老卡领过了", SENIOR)

        assert one.last.kind is StepKind.CONFIRM and "收件后核验" in one.last.text

    @pytest.mark.parametrize(("born", "kind"), [("19611124", StepKind.NOT_ELIGIBLE), ("19611123", StepKind.ASK)])
    def test_given_the_sixty_fifth_birthday_when_it_is_today_then_the_age_is_reached(self, talk, born, kind):
        from stdnum.iso7064 import mod_11_2

        number = f"310101{born}001"
        one = talk(None)
        one.identity = Identity("吴试填", number + mod_11_2.calc_check_digit(number), "13900008888")

        assert one.start("申请老年综合津贴", SENIOR).kind is kind

    def test_given_a_loan_or_too_few_months_when_the_fund_says_no_then_nothing_is_filled_in(self, talk):
        one = talk("demo-5")

        step = one.start("租房提取公积金", RENT)

        assert step.kind is StepKind.NOT_ELIGIBLE and "网点核实" in step.text

    @pytest.mark.parametrize("who", ["demo-4", "employed"])
    def test_given_a_pensioner_or_an_employee_when_registering_as_unemployed_then_nothing_is_filled_in(self, talk, who):
        one = talk(who if who.startswith("demo") else None)
        if who == "employed":
            one.identity = Identity(*PERSON, records={"employment": {"released": False}})

        assert one.start("办失业登记", UNEMPLOYED).kind is StepKind.NOT_ELIGIBLE


class TestAnAnswerTakenForACancellation:
    def test_given_the_question_for_the_card_when_it_is_answered_then_nothing_is_cancelled(self, talk):
        one = talk(None)
        one.start("我叫吴试填，身份证310110195601010049，手机13900008888，户口在杨浦，申领老年综合津贴", SENIOR)

        assert one.say("已经办过了", "cancel").kind is StepKind.CONFIRM

    @pytest.mark.parametrize("said", ["算了，没办过，取消吧", "不办了，我有卡", "取消"])
    def test_given_a_word_of_giving_up_when_it_comes_with_an_answer_then_it_asks_whether_to_cancel(self, talk, said):
        one = talk(None)
        one.start("我叫吴试填，身份证310110195601010049，手机13900008888，户口在杨浦，申领老年综合津贴", SENIOR)

        assert one.say(said, "cancel").kind is StepKind.CANCEL_ASKED


class TestCorrections:
    @pytest.mark.parametrize(
        ("who", "item", "wish", "first", "second", "shown"),
        [
            (
                "demo-5",
                PERMIT,
                "签注居住证，我在上班",
                "签注情形改成租房",
                "手机号换成13900005555",
                {"ground": "租赁住房", "phone": "139****5555"},
            ),
            (
                "demo",
                CARD,
                "社保卡丢了补一张",
                "不是丢了，是坏了",
                "领取方式改成邮寄",
                {"reason": "损坏换领", "delivery": "邮寄"},
            ),
            (
                "demo-4",
                SENIOR,
                "领老年津贴，敬老卡要交行的",
                "银行改成建行",
                "不对，敬老卡已经有了",
                {"senior_card": "已有"},
            ),
            (
                "demo",
                RENT,
                "公积金付房租",
                "月租金改成5200元",
                "改成每季度划一次",
                {"monthly_rent": "5200元", "period": "按季"},
            ),
            (
                "demo",
                LOSS,
                "昨天在样本路丢了身份证，挂失",
                "丢失日期应该是11月18号",
                "是被偷的，不是自己丢的",
                {"lost_date": "2026年11月18日", "cause": "被盗"},
            ),
            (
                "demo-5",
                UNEMPLOYED,
                "被公司辞退了，登记失业",
                "离职日期改成11月5号",
                "登记地换成松江",
                {"left_on": "2026年11月5日", "district": "松江区"},
            ),
            (
                "demo",
                HALL,
                "明天上午九点去大厅",
                "改到后天九点半",
                "时间换成下午三点",
                {"day": "2026年11月25日", "slot": "14:30–15:30"},
            ),
        ],
    )
    def test_given_a_read_back_when_two_things_are_corrected_then_both_are_read_back_and_a_yes_submits(
        self, talk, who, item, wish, first, second, shown
    ):
        one = talk(who)
        assert one.start(wish, item).kind is StepKind.CONFIRM

        assert one.say(first, "correct").kind is StepKind.CONFIRM
        assert one.say(second, "correct").kind is StepKind.CONFIRM

        assert {name: one.shown.get(name) for name in shown} == shown
        assert one.say("这回对了", "affirm").kind is StepKind.SUBMITTED


class TestTheDayOfAnAppointment:
    @pytest.mark.parametrize("said", ["今天", "这周六", "下周四", "12月25号", "哪天都行"])
    def test_given_a_day_that_cannot_be_when_it_is_said_then_it_is_asked_again(self, talk, said):
        # Monday, November 23rd; a week ahead is the 30th
        one = talk("demo")
        one.start("约个大厅的号", HALL)

        step = one.say(said)

        assert (step.kind, step.field) == (StepKind.ASK, "day") and "工作日" in step.text
        assert one.say("下周一").field == "slot"
        assert one.values["day"] == "2026-11-30"
