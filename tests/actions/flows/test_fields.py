"""The field types, as tables of what people write and say."""

from __future__ import annotations

from datetime import date

import pytest

from actions.flows.choice_field import Choice, Option
from actions.flows.date_field import Date
from actions.flows.field_type import FieldError
from actions.flows.fields import finds_value, personal_value, readable
from actions.flows.name_field import PersonName
from actions.flows.number_fields import BankAccount, ChineseIdNumber, ChineseMobile
from actions.flows.place_fields import Address, FreeText, Place
from actions.flows.steps import Expected, Phase

TODAY = date(2026, 11, 23)  # a Monday
FAULTY_CHECK = "310101199304180028"


def parsed(kind, text: str) -> str:
    """What an answer is read as, or the error's key."""
    try:
        return kind.parse(readable(text), TODAY)
    except FieldError as error:
        return error.key


def found(kind, text: str) -> str | None:
    result = kind.find(readable(text), TODAY)
    return None if result is None else result.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("310101199304180027", "310101199304180027"),
        ("310101 19930418 0027", "310101199304180027"),
        ("３１０１０１１９９３０４１８００２７", "310101199304180027"),
        ("我的身份证是310101199304180027，谢谢", "310101199304180027"),
        ("三一零一零一一九九三零四一八零零二七", "310101199304180027"),
        ("11010519491231002x", "11010519491231002X"),  # the example of GB 11643
        ("310225198501010010", "310225198501010010"),  # an abolished county
        ("830000199001010012", "830000199001010012"),  # a resident from Taiwan
        (FAULTY_CHECK, "cn_id_number_checksum"),
        ("31010119930418002X", "cn_id_number_checksum"),
        ("310101199302300021", "cn_id_number_date"),
        ("310101299304180027", "cn_id_number_date"),
        ("310101930418002", "cn_id_number_old"),
        ("31010119930418", "cn_id_number_length"),
        ("3101011993041800271", "cn_id_number_length"),
        ("没带身份证", "cn_id_number_missing"),
        ("", "cn_id_number_missing"),
    ],
)
def test_id_numbers(text, value):
    assert parsed(ChineseIdNumber(), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13900001234", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("+8613900001234", "13900001234"),
        ("008613900001234", "13900001234"),
        ("幺三九零零零零幺二三四", "13900001234"),
        ("手机一三九〇〇〇〇一二三四", "13900001234"),
        ("我的号码是13900001234，微信同号", "13900001234"),
        ("310101199304180027 13900001234", "13900001234"),
        ("1390000123", "cn_mobile_length"),
        ("12345", "cn_mobile_length"),
        ("12900001234", "cn_mobile_prefix"),
        ("23900001234", "cn_mobile_prefix"),
        ("没有手机", "cn_mobile_missing"),
    ],
)
def test_mobile_numbers(text, value):
    assert parsed(ChineseMobile(), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6222020000000000018", "6222020000000000018"),
        ("6222 0200 0000 0000 018", "6222020000000000018"),
        ("4111111111111111", "4111111111111111"),
        ("6222020000000000019", "bank_account_checksum"),
        ("622202000000", "bank_account_length"),
        ("工商银行的", "bank_account_missing"),
    ],
)
def test_bank_accounts(text, value):
    assert parsed(BankAccount(), text) == value


def test_an_id_number_is_no_bank_account():
    assert found(BankAccount(), "310101199304180027") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("张示例", "张示例"),
        ("我叫张示例", "张示例"),
        ("姓名：张示例", "张示例"),
        ("我的名字是张示例，要办无犯罪证明", "张示例"),
        ("我叫张示例要办证明", "张示例"),
        ("名字叫李样", "李样"),
        ("欧阳样本", "欧阳样本"),
        ("李知行", "李知行"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("我叫阿依古丽•买买提", "阿依古丽·买买提"),
        ("她叫阿卜杜热西提・麦麦提，是我朋友", "阿卜杜热西提·麦麦提"),
        ("我叫买买提.吐尔逊", "买买提·吐尔逊"),
        ("她是买买提·吐尔逊", "买买提·吐尔逊"),
        ("我叫张示例.手机号稍后给", "张示例"),
        ("她是张示例", "张示例"),
        ("叫张示例", "张示例"),
        ("是我妈要办", "person_name_unclear"),
        ("她是我妈", "person_name_unclear"),
        ("我叫张", "person_name_unclear"),
        ("我叫阿拉坦其其格", "阿拉坦其其格"),
        ("姓名：阿拉坦其其格，要办证明", "阿拉坦其其格"),
        ("我叫她快点弄好", "person_name_unclear"),
        ("李𬭎", "李𬭎"),
        ("John Smith", "John Smith"),
        ("张示例。", "张示例"),
        ("好的", "person_name_unclear"),
        ("不知道", "person_name_unclear"),
        ("为什么要问", "person_name_unclear"),
        ("今天天气不错", "person_name_unclear"),
        ("名字写错了", "person_name_unclear"),
        ("12345", "person_name_unclear"),
        ("张", "person_name_unclear"),
        ("", "person_name_unclear"),
    ],
)
def test_names(words, text, value):
    assert parsed(PersonName(words.names), text) == value


def test_a_bare_name_is_not_found_in_a_sentence(words):
    assert found(PersonName(words.names), "我想办无犯罪证明") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-12-3", "2026-12-03"),
        ("2026/12/03", "2026-12-03"),
        ("2026.12.3", "2026-12-03"),
        ("20261203", "2026-12-03"),
        ("2026年12月3日", "2026-12-03"),
        ("二〇二六年十二月三号", "2026-12-03"),
        ("二零二六年十二月三十一日", "2026-12-31"),
        ("26年12月3号", "2026-12-03"),
        ("明年三月五号", "2027-03-05"),
        ("去年的十月一号", "2025-10-01"),
        ("十二月廿五号", "2026-12-25"),
        ("下个月5号", "2026-12-05"),
        ("上个月三十号", "2026-10-30"),
        ("今天", "2026-11-23"),
        ("大后天", "2026-11-26"),
        ("昨天", "2026-11-22"),
        ("三天后", "2026-11-26"),
        ("两个星期以前", "2026-11-09"),
        ("下周三", "2026-12-02"),
        ("上个星期天", "2026-11-22"),
        ("这周五", "2026-11-27"),
        ("周三", "2026-11-25"),
        ("25号", "2026-11-25"),
        ("2024年2月29日", "2024-02-29"),
        ("2026年2月29日", "date_unreal"),
        ("13月5号", "date_unreal"),
        ("3月13900001234", "date_missing"),
        ("三月一三九零零零零一二三四", "date_missing"),
        ("12345678901年1月1日", "date_missing"),
        ("农历八月十五", "date_lunar"),
        ("过几天", "date_missing"),
        ("", "date_missing"),
    ],
)
def test_dates(words, text, value):
    assert parsed(Date(words.dates), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("阿拉坦其其格", "阿拉坦其其格"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("张", "person_name_unclear")],
)
def test_given_a_name_on_record_when_read_then_it_may_be_longer_than_one_that_is_said(words, text, value):
    try:
        name = PersonName(words.names).of_record(readable(text), TODAY)
    except FieldError as error:
        name = error.key

    assert name == value


@pytest.mark.parametrize(
    ("text", "period", "value"),
    [
        ("12月3号", "past", "2025-12-03"),
        ("12月3号", "future", "2026-12-03"),
        ("3月5号", "future", "2027-03-05"),
        ("3月5号", "past", "2026-03-05"),
        ("周三", "past", "2026-11-18"),
        ("25号", "past", "2026-10-25"),
        ("98年5月2日", "past", "1998-05-02"),
        ("26年5月2日", "past", "2026-05-02"),
        ("27年5月2日", "future", "2027-05-02"),
        ("5号", "future", "2026-12-05"),
        ("明年3月5号", "past", "date_future"),
        ("2020年3月5号", "future", "date_past"),
    ],
)
def test_dates_on_one_side_of_today(words, text, period, value):
    assert parsed(Date(words.dates, period), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今天", "date_distance"),
        ("明天", "2026-11-24"),
        ("周五", "2026-11-27"),
        ("周六", "date_closed"),
        ("下周一", "2026-11-30"),
        ("下周二", "date_distance"),
        ("昨天", "date_past"),
    ],
)
def test_given_days_ahead_and_weekdays_when_a_date_is_said_then_it_lies_among_them(words, text, value):
    # today is Monday, November 23rd
    kind = Date(words.dates, "future", weekdays=(1, 2, 3, 4, 5), days_ahead=(1, 7))
    assert parsed(kind, text) == value
    assert (kind.find(text, TODAY) is None) is value.startswith("date_")


def test_dates_are_displayed_and_masked(words):
    assert Date(words.dates).display("2026-03-05") == "2026年3月5日"
    assert Date(words.dates).mask("2026-03-05") == "2026年3月**日"


OPTIONS = (
    Option("出国（境）", ("出国", "签证", "国外求职")),
    Option("求职就业", ("求职", "找工作")),
    Option("收养", ("领养",)),
    Option("其他", ("别的",)),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("出国", "出国（境）"),
        ("出国(境)", "出国（境）"),
        ("办签证用的", "出国（境）"),
        ("去国外求职", "出国（境）"),  # the longest words count
        ("不是求职，是出国", "出国（境）"),
        ("第一个", "出国（境）"),
        ("第二个", "求职就业"),
        ("第2项", "求职就业"),
        ("2", "求职就业"),
        ("选三", "收养"),
        ("三。", "收养"),
        ("最后一个", "其他"),
        ("后面那个", "其他"),
        ("前面那个", "出国（境）"),
        ("第五个", "choice_unknown"),
        ("0", "choice_unknown"),
        ("出国和收养", "choice_several"),
        ("不出国", "choice_unknown"),
        ("随便", "choice_unknown"),
        ("", "choice_unknown"),
    ],
)
def test_choices(words, text, value):
    assert parsed(Choice(OPTIONS, words.choices), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("上海市示例区样本路1号101室", "上海市示例区样本路1号101室"),
        ("地址是示例区样本路1号，电话13900001234", "示例区样本路1号"),
        ("寄到示例区样本路88弄3号", "示例区样本路88弄3号"),
        ("样本路", "address_vague"),
        ("不知道", "address_missing"),
        ("", "address_missing"),
    ],
)
def test_addresses(words, text, value):
    assert parsed(Address(words.addresses), text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("样本路128号门口的路灯坏了", "样本路128号门口"),
        ("在示例小区3号楼", "示例小区3号楼"),
        ("我家楼下", "我家楼下"),
        ("啊", "place_missing"),
    ],
)
def test_places(words, text, value):
    assert parsed(Place(words.addresses), text) == value


def test_free_text_has_a_limit():
    assert parsed(FreeText(5), " 你好 ") == "你好"
    assert parsed(FreeText(5), "一二三四五六") == "text_long"
    assert parsed(FreeText(5), "。。") == "text_missing"


@pytest.mark.parametrize(("text", "masked"), [("示例市第一妇婴保健院", "示例****健院"), ("市一医院", "****")])
def test_sensitive_texts_are_masked_and_stay_recognisable(text, masked):
    assert FreeText(40).mask(text) == masked


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (ChineseIdNumber, "310101199304180027", "310*************27"),
        (ChineseMobile, "13900001234", "139****1234"),
        (BankAccount, "6222020000000000018", "***************0018"),
    ],
)
def test_numbers_are_masked(kind, value, masked):
    assert kind().mask(value) == masked


@pytest.mark.parametrize(
    ("name", "masked"), [("李样", "李*"), ("张示例", "张*例"), ("欧阳样本", "欧**本"), ("李", "李*")]
)
def test_names_are_masked(words, name, masked):
    assert PersonName(words.names).mask(name) == masked


class TestForTheGate:
    def field(self, flows, name):
        return flows["no-criminal-record-certificate"].by_name[name]

    @pytest.mark.parametrize(
        ("name", "text", "finds"),
        [
            ("purpose", "出国用", True),
            ("purpose", "第二个", True),
            ("purpose", "要多久", False),
            ("phone", "[手机号1]", True),
            ("phone", "12345", True),  # a wrong number is an answer all the same
            ("phone", "要多久", False),
            ("full_name", "[姓名1]", True),
            ("full_name", "为什么要问", False),
        ],
    )
    def test_an_answer_is_told_from_other_things(self, flows, name, text, finds):
        assert finds_value(self.field(flows, name), text) is finds

    @pytest.mark.parametrize(
        ("name", "text", "personal"),
        [
            ("full_name", " 张示例 ", "张示例"),
            ("full_name", "我叫张示例", "张示例"),
            ("full_name", "好的", None),
            ("phone", "号码是1390000", "1390000"),
            ("phone", "稍等", None),
            ("mailing_address", "样本路1号", "样本路1号"),
            ("mailing_address", "不寄了", None),
            ("purpose", "出国", None),
        ],
    )
    def test_a_bare_answer_is_known_to_be_personal(self, flows, name, text, personal):
        field = self.field(flows, name)
        expected = Expected("x", Phase.ASK, name, field.type, field.options, field.kind.personal, field.kind)
        span = personal_value(expected, text)
        assert (None if span is None else text[slice(*span)]) == personal


@pytest.mark.parametrize("text", ["楼下跳广场舞吵死了", "俺儿子在工地干了三个月没工资", "凌晨一点了工地还在打桩"])
def test_given_a_story_that_only_mentions_a_kind_of_place_when_read_then_no_place_is_found(words, text):
    assert Place(words.addresses).find(text, TODAY) is None


def test_given_a_story_with_a_road_when_read_then_the_place_is_found(words):
    assert Place(words.addresses).find("我们在中山北路12号门口堵了半天", TODAY).value == "中山北路12号门口"
