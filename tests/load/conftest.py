"""Many people at once; see tests/running_app.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from running_app import app, browser, chromium, context, letters_index, page

__all__ = ["app", "browser", "chromium", "context", "letters_index", "page"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.load)
