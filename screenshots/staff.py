"""The staff's pages, each in its states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playwright.sync_api import Page, expect

from screenshots.camera import Shot
from screenshots.morning import hold_answers, open_desk
from screenshots.stage import Stage

BUSY = "2026-11-16", "2026-11-22"
"""the week of the figures"""
LONGER = "；家属代办的，还要带上委托书和双方的身份证件"


def conversations(stage: Stage) -> Iterator[Shot]:
    """Yield the sign-in, the queue, a conversation read, taken and answered, and the dialogs."""
    signing_in = stage.visitor("/staff")
    expect(signing_in.get_by_role("button", name="登录")).to_be_visible()
    yield Shot("sign-in", signing_in, main=True)
    signing_in.get_by_label("账号").fill("linxiaowen")
    signing_in.get_by_label("密码").fill("not the password")
    signing_in.get_by_role("button", name="登录").click()
    expect(signing_in.get_by_role("alert")).to_contain_text("不对")
    yield Shot("sign-in-wrong", signing_in)
    signing_in.context.close()

    open_desk(stage.hall)
    page = stage.staff("linxiaowen", "/staff")
    expect(page.locator(".waiting li").first).to_be_visible()
    expect(page.locator(".others li")).to_be_visible()
    yield Shot("conversations", page, main=True)
    page.locator(".waiting li button", has_text="失业登记").click()
    expect(page.locator(".unmask").first).to_be_visible()
    yield Shot("conversations-reading", page)

    live = stage.hall.words["live"]
    page.locator(".mine li button", has_text="社保卡").click()
    expect(page.locator(".draft").first).to_be_visible()
    yield Shot("conversations-mine", page, main=True)
    page.locator(".draft").first.get_by_role("button", name="修改").click()
    card = page.locator(".draft").first
    card.get_by_role("textbox").fill(card.get_by_role("textbox").input_value() + LONGER)
    expect(card.locator(".added")).to_be_visible()
    yield Shot("conversations-draft-edited", page)
    page.get_by_label("答复市民").fill("/")
    expect(page.locator(".reply .choice-list")).to_be_visible()
    yield Shot("conversations-canned-replies", page)
    page.keyboard.press("Escape")
    page.get_by_label("答复市民").fill(live["reply"])
    yield from _dialogs(page)
    yield from _folded(page)
    page.context.close()


def _dialogs(page: Page) -> Iterator[Shot]:
    dialog = page.get_by_role("dialog")
    for name, deed in {"transfer": "转交", "hand-back": "交还智能助手", "close": "结束服务"}.items():
        page.locator(".deeds").get_by_role("button", name=deed).click()
        expect(dialog).to_be_visible()
        if name == "hand-back":
            dialog.get_by_role("combobox").fill("社保卡")
            expect(dialog.get_by_role("option").first).to_be_visible()
        if name == "close":
            dialog.get_by_role("button", name=deed).click()
            expect(dialog.get_by_role("alert")).to_contain_text("请选择")
        yield Shot(f"conversations-{name}", page, main=name == "transfer")
        page.keyboard.press("Escape")
        if dialog.is_visible():
            page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    page.get_by_role("button", name="快捷键").click()
    yield Shot("conversations-keys", page)
    page.keyboard.press("Escape")


def _folded(page: Page) -> Iterator[Shot]:
    page.get_by_role("heading", name="下班留言").click()
    expect(page.locator(".messages article").first).to_be_visible()
    page.get_by_role("heading", name="投诉与反映").click()
    expect(page.locator(".reports article").first).to_be_visible()
    page.locator(".messages").scroll_into_view_if_needed()
    page.locator(".lists").evaluate("lists => lists.scrollTo(0, lists.scrollHeight)")
    yield Shot("conversations-messages", page)


def applications(stage: Stage) -> Iterator[Shot]:
    """Yield the lists, applications in their states, and the dialogs."""
    page = stage.staff("fangmin", "/staff/applications")
    expect(page.locator(".entries li").first).to_be_visible()
    yield Shot("applications", page, main=True)
    page.locator(".entries button", has_text="老年综合津贴").first.click()
    expect(page.locator(".columns")).to_be_visible()
    yield Shot("applications-one", page, main=True)
    page.get_by_role("button", name="查看身份证号").click()
    expect(page.get_by_role("button", name="遮盖身份证号")).to_be_visible()
    dialog = page.get_by_role("dialog")
    for name, step in {"accept": "受理", "supplement": "要求补正", "refuse": "不予办理"}.items():
        page.locator(".deeds").get_by_role("button", name=step, exact=True).click()
        if name == "supplement":
            dialog.get_by_role("checkbox").first.check()
            dialog.get_by_role("textbox").fill("照片请用近期白底证件照。")
        yield Shot(f"applications-{name}", page)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    page.locator(".entries button", has_text="生育津贴").click()
    expect(page.locator(".answer")).to_be_visible()
    yield Shot("applications-supplemented", page)
    page.locator(".chip", has_text="到期提醒").click()
    page.locator(".entries button", has_text="签注").filter(has_text="超期").first.click()
    expect(page.locator(".times")).to_contain_text("超期")
    yield Shot("applications-overdue", page)
    page.locator(".deeds").get_by_role("button", name="办结").click()
    dialog.get_by_role("button", name="确认办结").click()
    expect(dialog.get_by_role("alert")).to_contain_text("请写明")
    yield Shot("applications-issue", page)
    page.keyboard.press("Escape")
    page.locator(".chip", has_text="部门办理").click()
    page.locator(".entries button").first.click()
    expect(page.locator(".handing")).to_be_visible()
    yield Shot("applications-handed", page)
    page.locator(".chip", has_text="已办").click()
    page.locator(".entries button", has_text="失业登记").first.click()
    expect(page.locator(".history")).to_contain_text("已办结")
    yield Shot("applications-decided", page)
    page.get_by_label("收件编号，几位也行").fill("99999999")
    expect(page.locator(".listed .empty")).to_be_visible()
    yield Shot("applications-not-found", page)
    page.context.close()
    yield from _shared_out(stage)


def _shared_out(stage: Stage) -> Iterator[Shot]:
    """Yield what the general window and a department see: whose turn it is, and whose applications are listed."""
    page = stage.staff("yaolan", "/staff/applications")
    page.locator(".entries button", has_text="老年综合津贴").first.click()
    expect(page.locator(".turn")).to_be_visible()
    yield Shot("applications-general", page)
    page.locator(".chip", has_text="办理中").click()
    page.locator(".entries button", has_text="老年综合津贴").click()
    expect(page.locator(".deeds button")).to_have_count(0)
    yield Shot("applications-waits-for-department", page)
    page.context.close()
    page = stage.staff("linxiaowen", "/staff/applications")
    expect(page.locator(".scope")).to_be_visible()
    page.locator(".entries button").first.click()
    expect(page.locator(".deeds button")).to_have_count(3)
    yield Shot("applications-department", page)
    page.context.close()


def approvals(stage: Stage) -> Iterator[Shot]:
    """Yield no answers, those that wait, one being edited, and the question before it is refused."""
    page = stage.staff("linxiaowen", "/staff/approvals")
    expect(page.locator(".nothing-here")).to_be_visible()
    yield Shot("approvals-none", page)
    hold_answers(stage.hall)
    expect(page.locator(".approval")).to_have_count(2)
    yield Shot("approvals", page, main=True)
    card = page.locator(".approval").last
    card.locator("summary").click()
    card.get_by_role("button", name="修改").click()
    card.scroll_into_view_if_needed()
    yield Shot("approvals-editing", page)
    card.get_by_role("button", name="不发，由我答复").click()
    yield Shot("approvals-refusing", page)
    page.context.close()


def drafts(stage: Stage) -> Iterator[Shot]:
    """Yield the question, its drafts, one edited and one settled; the report."""
    page = stage.staff("linxiaowen", "/staff/drafts")
    expect(page.locator(".recent li").first).to_be_visible()
    yield Shot("drafts", page)
    page.get_by_label("问题").fill(stage.hall.words["live"]["asks"])
    page.get_by_role("button", name="草拟答复", exact=True).click()
    expect(page.locator(".draft").first).to_be_visible()
    yield Shot("drafts-answered", page, main=True)
    card = page.locator(".draft").first
    card.get_by_role("button", name="修改").click()
    box = card.get_by_role("textbox")
    box.fill(box.input_value() + LONGER)
    expect(card.locator(".added")).to_be_visible()
    yield Shot("drafts-editing", page)
    card.get_by_role("button", name="已电话答复").click()
    expect(page.locator(".draft.settled")).to_be_visible()
    page.locator(".drafting").evaluate("page => page.scrollTo(0, 0)")
    yield Shot("drafts-settled", page)
    page.context.close()
    page = stage.staff("fangmin", "/staff/drafts#report")
    expect(page.locator(".report table")).to_be_visible()
    yield Shot("drafts-report", page, main=True)
    page.context.close()


def follow_ups(stage: Stage) -> Iterator[Shot]:
    """Yield the lists, one open with what was said and how to reach the citizen, and one that is done."""
    page = stage.staff("fangmin", "/staff/follow-ups")
    expect(page.locator(".list-overdue li").first).to_be_visible()
    yield Shot("follow-ups", page, main=True)
    page.locator(".list-overdue li").first.click()
    expect(page.locator(".follow-up blockquote")).to_be_visible()
    yield Shot("follow-ups-one", page, main=True)
    page.get_by_role("button", name="查看对话记录").click()
    expect(page.get_by_role("log")).to_be_visible()
    page.get_by_role("button", name="查看联系方式").click()
    expect(page.locator(".phone")).to_be_visible()
    yield Shot("follow-ups-looked-at", page)
    page.locator(".ways").scroll_into_view_if_needed()
    page.locator(".follow-up").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    yield Shot("follow-ups-closing", page)
    page.get_by_role("heading", name="已办结").click()
    page.locator(".list-done li").first.click()
    expect(page.locator(".result")).to_be_visible()
    yield Shot("follow-ups-done", page)
    page.context.close()


def figures(stage: Stage) -> Iterator[Shot]:
    """Yield a week from the top and further down, a table, a day, a quiet period and the export."""
    page = stage.staff("fangmin", "/staff/figures")
    expect(page.locator(".tile").first).to_be_visible()
    yield Shot("figures", page, main=True)
    for name in ("answers", "desk", "applications"):
        page.locator(f".figures-section.{name}").evaluate("section => section.scrollIntoView()")
        yield Shot(f"figures-{name}", page, main=name == "answers")
    page.locator(".figures").evaluate("page => page.scrollTo(0, 0)")
    page.locator(".chart").first.get_by_role("button", name="看表格").click()
    yield Shot("figures-table", page)
    page.locator("summary", has_text="导出").click()
    yield Shot("figures-export", page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="昨天").click()
    expect(page.locator(".results.one-day")).to_be_visible()
    yield Shot("figures-day", page)
    page.get_by_role("button", name="自定义").click()
    page.get_by_label("从").fill("2026-01-05")
    page.get_by_label("到").fill("2026-01-06")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.locator(".span")).to_contain_text("2026-01-05")
    yield Shot("figures-quiet", page)
    page.context.close()


def editor(stage: Stage) -> Iterator[Shot]:
    """Yield each view of the editor's page."""
    page = stage.staff("wenqing", "/editor")
    expect(page.locator(".gap").first).to_be_visible()
    yield Shot("editor-gaps", page, main=True)
    gap = page.locator(".gap:not(.change)").first
    gap.get_by_role("button", name="加一种问法").click()
    gap.scroll_into_view_if_needed()
    yield Shot("editor-gap-asking", page)
    for view in ("items", "item/id-card-reissue", "item/senior-allowance"):
        page.goto(f"{stage.server.url}/editor#{view}")
        expect(page.locator(".rows li, .standing").first).to_be_visible()
        yield Shot(f"editor-{view.replace('/', '-')}", page)
    page.goto(f"{stage.server.url}/editor#draft/{stage.hall.words['draft']['item']}")
    page.get_by_label("事项说明").fill("")
    expect(page.locator(".field.error")).to_be_visible()
    yield Shot("editor-draft", page, main=True)
    page.locator(".part.materials").scroll_into_view_if_needed()
    yield Shot("editor-draft-materials", page)
    page.get_by_label("事项说明").fill("居住证每年签注一次，逾期不签注的，使用功能中止；补办签注后恢复。")
    expect(page.locator(".saved")).to_contain_text("草稿已保存")
    page.get_by_role("button", name="YAML").click()
    yield Shot("editor-draft-yaml", page)
    page.get_by_role("button", name="预览回答").click()
    expect(page.locator(".answered").first).to_be_visible()
    yield Shot("editor-draft-preview", page)
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    yield Shot("editor-submit", page)
    page.context.close()
    page = stage.staff("xuheng", "/editor#reviews")
    expect(page.locator(".rows li").first).to_be_visible()
    yield Shot("editor-reviews", page)
    page.locator(".rows a").first.click()
    expect(page.locator(".diff .added").first).to_be_visible()
    yield Shot("editor-revision", page, main=True)
    page.context.close()


def integrate(stage: Stage) -> Iterator[Shot]:
    """Yield the page for integrators, from the top and the reference."""
    page = stage.visitor("/integrate")
    expect(page.locator("wenban-assistant .entry").first).to_be_visible()
    yield Shot("integrate", page, main=True)
    page.locator("#reference").evaluate("section => section.scrollIntoView()")
    yield Shot("integrate-reference", page)
    page.context.close()


def audit(stage: Stage) -> Iterator[Shot]:
    """Yield the trail, looks at hidden values alone, and a check."""
    page = stage.staff("tangyue", "/staff/audit")
    expect(page.locator(".entries tbody tr").first).to_be_visible()
    yield Shot("audit", page, main=True)
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator(".check .outcome")).to_be_visible()
    yield Shot("audit-checked", page)
    page.locator(".chip", has_text="明文查看").click()
    expect(page.locator(".results")).to_be_visible()
    yield Shot("audit-unmasking", page)
    page.context.close()


PAGES: Mapping[str, Callable[[Stage], Iterator[Shot]]] = {
    "conversations": conversations,
    "applications": applications,
    "approvals": approvals,
    "drafts": drafts,
    "follow-ups": follow_ups,
    "figures": figures,
    "audit": audit,
    "editor": editor,
    "integrate": integrate,
}
