"""The words of the figures: what statuses, reasons, outcomes, states and items are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from actions.applications import item_name
from actions.services import Services
from actions.texts import Texts
from storage.application_states import ApplicationState


@dataclass(frozen=True)
class Labels:
    services: Services
    texts: Texts
    """data/texts/figures.yml"""
    staff: Texts
    """data/texts/staff.yml, where the reasons of handoffs have their names"""
    statuses: Mapping[str, str]
    """status → its name, in the order of data/statuses.yml"""

    @classmethod
    def load(cls, services: Services) -> Labels:
        """Read the words of an installation."""
        texts = services.data / "texts"
        statuses = yaml.safe_load((services.data / "statuses.yml").read_text(encoding="utf-8"))
        return cls(
            services,
            Texts.load(texts / "figures.yml"),
            Texts.load(texts / "staff.yml"),
            {status: words["label"] for status, words in statuses.items()},
        )

    def item(self, item_id: str) -> str:
        """Return what an item is called; its guide may be gone."""
        return item_name(self.services, item_id)

    def reason(self, reason: str) -> str:
        """Return why a person was asked for."""
        key = f"reason_{reason}"
        return self.staff(key) if key in self.staff else reason

    def state(self, state: ApplicationState) -> str:
        """Return the name of an application's state, as the citizen reads it."""
        return self.services.engine.texts(f"state_{state.value}")
