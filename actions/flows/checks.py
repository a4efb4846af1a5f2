"""What is wrong with flows in the light of the guides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from actions.connectors.embedded import FILED
from actions.flows.definition import Flow
from knowledge_base.checks import ERROR, Finding


def offered(flows: Mapping[str, Flow], items: Collection[str]) -> dict[str, Flow]:
    """Return the flows for items that there are, and those of what is filed for the staff, which needs no guide."""
    return {item_id: flow for item_id, flow in flows.items() if item_id in items or flow.submit.delivers in FILED}


def check_flows(flows: Mapping[str, Flow], items: Collection[str]) -> Iterator[Finding]:
    """Yield an error for each flow that applies for something no guide describes.

    What is filed for the staff (a report, a message) is no service item and needs no guide.
    """
    for item_id in flows.keys() - offered(flows, items).keys():
        yield Finding(ERROR, f"flow {item_id}", "there is no such item in data/items.")
