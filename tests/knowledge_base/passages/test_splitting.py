"""Policy texts in pieces."""

from __future__ import annotations

from knowledge_base.passages.splitting import MOST, sentences, split_document, windows

RULES = """
第一章 总则
第一条 为了方便群众办事，制定本守则。
第二条 取号凭本人身份证件。
号码当日有效。
第二章 附则
第三条：本守则自公布之日起施行。
"""


def test_given_articles_when_split_then_each_is_a_piece_under_its_chapter():
    assert [(piece.heading, piece.text) for piece in split_document(RULES)] == [
        ("第一章 总则 第一条", "为了方便群众办事，制定本守则。"),
        ("第一章 总则 第二条", "取号凭本人身份证件。\n号码当日有效。"),
        ("第二章 附则 第三条", "本守则自公布之日起施行。"),
    ]


def test_given_paragraphs_without_articles_when_split_then_short_ones_are_joined_and_none_is_lost():
    paragraphs = [f"这是第{number}段的话，说的是一件事。" for number in range(40)]

    pieces = split_document("\n".join(paragraphs))

    assert all(len(piece.text) <= MOST for piece in pieces)
    assert all(len(piece.text) >= 100 for piece in pieces[:-1])
    assert "\n".join(piece.text for piece in pieces) == "\n".join(paragraphs)


def test_given_a_long_article_when_split_then_it_is_cut_between_sentences_and_keeps_its_heading():
    pieces = split_document("第八条 " + "办事人应当带齐材料，缺少的可以补交。" * 40)

    assert {piece.heading for piece in pieces} == {"第八条"}
    assert all(len(piece.text) <= MOST and piece.text.endswith("。") for piece in pieces)


def test_given_a_sentence_longer_than_a_window_when_cut_then_nothing_is_lost():
    text = "长" * 250 + "。短句。"

    assert "".join(windows(text, 100)) == text == "".join(sentences(text))
    assert max(map(len, windows(text, 100))) <= 100
