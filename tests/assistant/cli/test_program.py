"""The program as a whole."""

from __future__ import annotations

import os
import subprocess
import sys


def test_given_the_help_when_asked_for_then_no_library_is_imported_that_it_does_not_need(project):
    asked = "import sys; sys.argv = ['wenban', '--help']\nfrom assistant.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=project, capture_output=True, text=True, env={**os.environ})

    loaded = set(ran.stderr.split())
    assert "Commands" in ran.stdout
    assert not loaded & {"rich", "yaml", "sqlalchemy", "numpy", "torch", "rasa", "sanic", "storage", "actions"}
