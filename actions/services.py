"""What the actions work with: the knowledge, the flows, the storage and the texts, opened together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from actions.back_office import BackOffice
from actions.catalogue_holder import CatalogueHolder, PassageHolder
from actions.clock import Clock, beijing_time
from actions.connectors.offices import Offices
from actions.connectors.protocol import CONNECTORS
from actions.flows.checks import offered
from actions.flows.definition import Flow, decided_automatically, load_flows
from actions.flows.engine import FlowEngine
from actions.flows.texts import FlowTexts
from actions.language_model import ModelAddress
from actions.opening_hours import OpeningHours
from actions.papers.checklist import ChecklistWriter
from actions.papers.papers import Papers
from actions.provisional import ProvisionalNumberDesk, ProvisionalRules
from actions.rephrasing import Rephrasing
from actions.texts import SmallTalk, Texts
from actions.waiting import DeskPractice
from actions.waiting_room import WaitingRoom
from actions.working_calendar import WorkingCalendar
from knowledge_base.differences import Differences
from knowledge_base.items import Catalogue
from storage.applications import Applications
from storage.checklists import Checklists
from storage.conversations import Conversations
from storage.database import Database
from storage.desk_measures import DeskMeasures
from storage.encryption import Cipher
from storage.handoffs import Handoffs
from storage.personal_values import PersonalKind, PersonalValues
from storage.private_files import private_folder
from storage.reports import Reports
from storage.revisions import GuideRevisions
from storage.standing import Standings
from storage.transcripts import Transcripts


@dataclass(frozen=True)
class Services:
    """Everything an action may need."""

    data: Path
    clock: Clock
    database: Database
    guides: CatalogueHolder
    passages: PassageHolder
    revisions: GuideRevisions
    flows: Mapping[str, Flow]
    engine: FlowEngine
    connector: Offices
    back_office: BackOffice
    applications: Applications
    conversations: Conversations
    handoffs: Handoffs
    personal_values: PersonalValues
    reports: Reports
    standings: Standings
    transcripts: Transcripts
    texts: Texts
    answer_texts: Texts
    small_talk: SmallTalk
    differences: Differences
    hours: OpeningHours
    calendar: WorkingCalendar
    waiting_room: WaitingRoom
    handoff_texts: Texts
    papers: Papers
    provisional: ProvisionalNumberDesk
    rephrasing: Rephrasing | None = None
    """where a language model is set up"""

    @property
    def catalogue(self) -> Catalogue:
        """The service items as files and approved revisions say them now; one in the index may be gone."""
        return self.guides.current

    @classmethod
    def open(
        cls,
        data: Path,
        var: Path,
        database_url: str,
        clock: Clock,
        knowledge: Path | None = None,
        language_model: ModelAddress | None = None,
        departments: bool = True,
        desk: bool = True,
    ) -> Services:
        """Open the storage, bring its tables up to date and load the data folder.

        Items and passages are those of the knowledge folder, where one is given; flows for others are not offered.
        Without departments, as in a demonstration, nothing is handed over: what is for one of them stays submitted.
        Without a desk nothing waits for staff: the back office decides everything by itself.

        Raises:
            DeclarationError: `connectors.yml` cannot be used, or a department's token is not in the environment.
        """
        private_folder(var)
        database = Database(database_url, Cipher.from_key_file(var / "secret.key"), clock)
        database.upgrade()
        revisions = GuideRevisions(database)
        guides = CatalogueHolder(data, knowledge=knowledge, in_force=revisions.in_force)
        flows = offered(load_flows(data / "flows"), guides.current.items)
        if not desk:
            flows = decided_automatically(flows)
        named = {item_id: flow.submit.connector for item_id, flow in flows.items()} if departments else {}
        handed_to = {item_id: connector for item_id, connector in named.items() if connector not in CONNECTORS}
        applications = Applications(database, handed_to)
        texts = data / "texts"
        answer_texts = Texts.load(texts / "answers.yml")
        handoffs, handoff_texts = Handoffs(database), Texts.load(texts / "handoff.yml")
        calendar = WorkingCalendar.load(data / "holidays.yml")
        hours = OpeningHours.load(data / "service_hours.yml", calendar)
        practice = DeskPractice.load(data / "service_hours.yml")
        connector = Offices.load(data, applications, flows, clock, os.environ if departments else None)
        labels = yaml.safe_load((texts / "personal_values.yml").read_text(encoding="utf-8"))
        return cls(
            data=data,
            clock=clock,
            database=database,
            guides=guides,
            passages=PassageHolder((knowledge or data) / "passages", data),
            revisions=revisions,
            flows=flows,
            engine=FlowEngine(flows, applications, FlowTexts.load(texts), clock),
            connector=connector,
            back_office=BackOffice.load(data, applications, flows, calendar, clock),
            applications=applications,
            conversations=Conversations(database),
            handoffs=handoffs,
            personal_values=PersonalValues(database, {PersonalKind(kind): label for kind, label in labels.items()}),
            reports=Reports(database),
            standings=Standings(database),
            transcripts=Transcripts(database),
            texts=Texts.load(texts / "replies.yml"),
            answer_texts=answer_texts,
            small_talk=SmallTalk.load(texts / "smalltalk.yml"),
            differences=Differences.load(texts / "differences.yml"),
            hours=hours,
            calendar=calendar,
            waiting_room=WaitingRoom(handoffs, DeskMeasures(database), practice, hours, handoff_texts, clock),
            handoff_texts=handoff_texts,
            papers=Papers(ChecklistWriter(Texts.load(texts / "checklists.yml"), answer_texts), Checklists(database)),
            provisional=ProvisionalNumberDesk(
                database,
                connector,
                Texts.load(texts / "provisional.yml"),
                ProvisionalRules.load(data / "provisional.yml"),
            ),
            rephrasing=Rephrasing.open(language_model, data) if language_model else None,
        )


@lru_cache(maxsize=1)
def services_from_environment() -> Services:
    """Open the services for an action server of its own (`rasa run actions`).

    WENBAN_HOME names the project folder, WENBAN_VAR the folder of what survives, WENBAN_DATABASE_URL the storage,
    WENBAN_KNOWLEDGE the service items, WENBAN_LLM_URL a language model, WENBAN_DESK=auto a back office without staff.
    """
    home = Path(os.environ.get("WENBAN_HOME", ".")).resolve()
    var = Path(os.environ.get("WENBAN_VAR", home / "var"))
    url = os.environ.get("WENBAN_DATABASE_URL", f"sqlite:///{var / 'wenban.db'}")
    knowledge = Path(os.environ.get("WENBAN_KNOWLEDGE") or home / "data")
    model = ModelAddress.from_environment(os.environ)
    desk = os.environ.get("WENBAN_DESK") != "auto"
    return Services.open(home / "data", var, url, beijing_time, knowledge, model, desk=desk)
