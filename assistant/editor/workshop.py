"""What editors and approvers do with guides; every step is written to the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.editor.differences import differences
from assistant.editor.field_proposal import propose
from assistant.editor.item_yaml import NotYaml, from_yaml
from assistant.editor.knowledge import FILE_HASH, EditedKnowledge, content_hash
from assistant.editor.merging import merge
from knowledge_base.checks import ERROR
from knowledge_base.item_drafts import DraftProblem
from storage.audit import AuditTrail
from storage.database import Database
from storage.errors import BaseOvertaken
from storage.revision_steps import RevisionSteps
from storage.revisions import EDITABLE, GuideRevisions, Revision
from storage.staff import StaffAccount

TEXT = "text"
"""the key of a draft's content that keeps what is no YAML yet"""


class DraftWrong(Exception):
    """The draft has errors, which stand beside the fields."""


class NothingChanged(Exception):
    """The draft says what is in force already."""


class DraftInTheWay(Exception):
    """The editor has an open revision of this item, which would be overwritten."""


class Workshop:
    """Begin, save, submit and decide revisions."""

    def __init__(self, database: Database, knowledge: EditedKnowledge, audit: AuditTrail) -> None:
        """Keep the items, the revisions and the trail."""
        self.knowledge = knowledge
        self.revisions = GuideRevisions(database)
        self._steps = RevisionSteps(database)
        self._database = database
        self._audit = audit

    def begin(self, item_id: str, account: StaffAccount) -> Revision:
        """Return the editor's open revision of an item; begin one of what is in force when there is none."""
        mine = self.open_of(item_id, account)
        if mine is not None:
            return mine
        base = self.knowledge.base(item_id)
        with self._database.together():
            return self._noted(account, "begin-guide-draft", self._steps.begin(item_id, account.id, base))

    def open_of(self, item_id: str, account: StaffAccount) -> Revision | None:
        """Return the editor's open revision of an item, if there is one."""
        return next((one for one in self.open(item_id) if one.author_id == account.id), None)

    def open(self, item_id: str) -> tuple[Revision, ...]:
        """Return everybody's open revisions of an item."""
        return tuple(one for one in self.revisions.open() if one.item_id == item_id)

    def save(self, revision_id: str, account: StaffAccount, saved: Mapping[str, Any], version: int) -> Revision:
        """Keep a draft as it is, right or wrong.

        `saved` holds `asks`, and the guide either as `guide` or as the `text` of its YAML.
        """
        before = self.revisions.get(revision_id)
        content: dict[str, Any] = {
            "guide": before.content["guide"],
            "asks": saved.get("asks") or before.content["asks"],
        }
        if TEXT in saved:
            guide = _mapping(str(saved[TEXT]))
            content.update({"guide": guide} if guide is not None else {TEXT: str(saved[TEXT])})
        else:
            content["guide"] = saved.get("guide") or before.content["guide"]
        with self._database.together():
            kept = self._steps.save(revision_id, account.id, content, version)
            changed = [TEXT] if TEXT in content else [one.element for one in differences(before.content, kept.content)]
            return self._noted(account, "edit-guide", kept, elements=changed)

    def add_ask(self, item_id: str, account: StaffAccount, facet: str, sentence: str) -> Revision:
        """Add a way of asking to the editor's draft of an item."""
        draft = self.begin(item_id, account)
        asks = {**draft.content["asks"]}
        if sentence not in asks.get(facet, []):
            asks[facet] = [*asks.get(facet, []), sentence]
        with self._database.together():
            kept = self._steps.save(draft.id, account.id, {**draft.content, "asks": asks}, draft.version)
            return self._noted(account, "edit-guide", kept, elements=[f"asks.{facet}"])

    def propose_field(
        self, item_id: str, account: StaffAccount, field: str, before: str | None, after: str | None
    ) -> tuple[Revision, bool]:
        """Put a sentence that staff changed into the editor's draft of an item; tell whether it found its place."""
        draft = self.begin(item_id, account)
        guide = propose(draft.content["guide"], field, before, after)
        if guide is None:
            return draft, False
        with self._database.together():
            kept = self._steps.save(draft.id, account.id, {**draft.content, "guide": guide}, draft.version)
            return self._noted(account, "edit-guide", kept, elements=[field]), True

    def restore(self, item_id: str, account: StaffAccount, revision_id: str | None) -> Revision:
        """Begin a draft that says again what an earlier revision said, or the files when none is named."""
        if self.open_of(item_id, account) is not None:
            raise DraftInTheWay(DraftInTheWay.__doc__)
        content = self.revisions.get(revision_id).content if revision_id else self.knowledge.in_files(item_id)
        draft = self.begin(item_id, account)
        with self._database.together():
            kept = self._steps.save(draft.id, account.id, content, draft.version)
            return self._noted(account, "restore-guide", kept, restored=revision_id or "files")

    def rebase(self, revision_id: str, account: StaffAccount) -> tuple[Revision, tuple[str, ...]]:
        """Take what became of the item meanwhile into a draft; name the elements that both sides changed."""
        revision = self.revisions.get(revision_id)
        base = self.knowledge.base(revision.item_id)
        merged = merge(revision.base, revision.content, base)
        with self._database.together():
            kept = self._steps.rebase(revision_id, account.id, merged.content, base)
            return self._noted(account, "rebase-guide", kept), merged.contested

    def submit(
        self, revision_id: str, account: StaffAccount, why: str, begins: datetime | None, ends: datetime | None
    ) -> Revision:
        """Ask for approval; raise DraftWrong, NothingChanged or BaseOvertaken."""
        revision = self.revisions.get(revision_id)
        self._check(revision)
        if not differences(self.knowledge.in_force(revision.item_id), revision.content) and ends is None:
            raise NothingChanged(NothingChanged.__doc__)
        with self._database.together():
            kept = self._steps.submit(revision_id, account.id, why, begins, ends)
            return self._noted(account, "submit-guide", kept, content=content_hash(kept.content))

    def approve(self, revision_id: str, account: StaffAccount) -> Revision:
        """Put a revision in force; what is wrong with it now, after a change of the files, is refused too."""
        revision = self.revisions.get(revision_id)
        self._check(revision)
        with self._database.together():
            kept = self._steps.approve(revision_id, account.id)
            self._noted(account, "approve-guide", kept, content=content_hash(kept.content))
        self.knowledge.take_over()
        return kept

    def give_back(self, revision_id: str, account: StaffAccount, remark: str) -> Revision:
        """Return a submitted revision to its author."""
        with self._database.together():
            return self._noted(account, "return-guide", self._steps.return_(revision_id, account.id, remark))

    def withdraw(self, revision_id: str, account: StaffAccount) -> Revision:
        """Make one's submitted revision a draft again."""
        with self._database.together():
            return self._noted(account, "withdraw-guide", self._steps.withdraw(revision_id, account.id))

    def discard(self, revision_id: str, account: StaffAccount) -> Revision:
        """Give one's draft up."""
        with self._database.together():
            return self._noted(account, "discard-guide-draft", self._steps.discard(revision_id, account.id))

    def problems(self, revision: Revision) -> tuple[DraftProblem, ...]:
        """Return what is wrong with a revision."""
        if TEXT in revision.content:
            try:
                from_yaml(revision.content[TEXT])
            except NotYaml as error:
                return (DraftProblem(ERROR, "", "not_yaml", (("line", str(error.line)),)),)
            return (DraftProblem(ERROR, "", "no_mapping"),)
        return self.knowledge.problems(revision.item_id, revision.content)

    def overtaken(self, revision: Revision) -> bool:
        """Tell whether an open revision is based on something else than what is in force now."""
        return bool(differences(revision.base, self.knowledge.in_force(revision.item_id)))

    def file_changed(self, revision: Revision) -> bool:
        """Tell whether the files changed below a revision, and to something else than what it says."""
        now = content_hash(self.knowledge.in_files(revision.item_id))
        return now not in (revision.base.get(FILE_HASH), content_hash(revision.content))

    def _check(self, revision: Revision) -> None:
        if any(problem.level == ERROR for problem in self.problems(revision)):
            raise DraftWrong(DraftWrong.__doc__)
        if self.overtaken(revision):
            raise BaseOvertaken("The item changed since this draft was begun.")

    def _noted(self, account: StaffAccount, action: str, revision: Revision, **details: Any) -> Revision:
        self._audit.append(
            account.name, action, revision.item_id, {"revision": revision.number, "id": revision.id, **details}
        )
        return revision


def is_editable(revision: Revision) -> bool:
    """Tell whether the author may still change a revision."""
    return revision.state in EDITABLE


def _mapping(text: str) -> dict[str, Any] | None:
    """Return what a YAML text says of an item, or None when it says nothing that a form could show."""
    try:
        read = from_yaml(text)
    except NotYaml:
        return None
    return read if isinstance(read, dict) else None
