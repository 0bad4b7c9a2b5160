from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from api_platform.cli.graph import Edge, edges, graph_command, to_mermaid, to_svg
from api_platform.errors import InputError
from api_platform.service import DatabaseAccess, QueueConsumer, QueueSender
from tests.specs import a_service, a_workload, an_exposure

ROOT = Path(__file__).resolve().parents[2]
SERVICES = (
    a_service(
        a_workload(
            name="shop",
            exposure=an_exposure(subdomain="shop"),
            calls=("stock",),
            uses=(QueueSender(queue="mailer"), DatabaseAccess()),
        ),
    ),
    a_service(a_workload(name="stock")),
    a_service(a_workload(name="mailer", exposure=None, uses=(QueueConsumer(longest_job_seconds=60),))),
)


def test_the_graph_holds_the_permitted_calls_and_nothing_else() -> None:
    assert edges(SERVICES, data_flow=False) == [
        Edge("gateway", "shop", solid=True),
        Edge("shop", "stock", solid=True),
    ]


def test_the_data_flow_adds_what_goes_through_queues_and_stores() -> None:
    dashed = [edge for edge in edges(SERVICES, data_flow=True) if not edge.solid]
    assert dashed == [
        Edge("mailer queue", "mailer", solid=False),
        Edge("shop", "database", solid=False),
        Edge("shop", "mailer queue", solid=False),
    ]


def test_mermaid_draws_calls_solid_and_messages_dashed() -> None:
    drawn = to_mermaid([Edge("shop", "stock-keeper", solid=True), Edge("shop", "mailer queue", solid=False)])
    assert drawn.splitlines() == [
        "flowchart LR",
        "    shop[shop]",
        "    stock_keeper[stock-keeper]",
        "    mailer_queue([mailer queue])",
        "    shop --> stock_keeper",
        "    shop -.-> mailer_queue",
    ]


def test_the_svg_shows_every_node() -> None:
    drawn = ET.fromstring(to_svg([Edge("shop", "stock", solid=True)]))  # noqa: S314 - our own drawing
    words = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert words == {"shop", "stock"}


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="'png' is not known"):
        graph_command("production", "png", data_flow=False)


def test_the_picture_in_the_readme_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """Print it again: api-platform graph --data-flow."""
    graph_command("production", "mermaid", data_flow=True)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- data-flow -->\n```mermaid\n")[1].split("```\n<!-- /data-flow -->")[0]
    assert shown == capsys.readouterr().out
