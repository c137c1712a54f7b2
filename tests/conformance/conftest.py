"""What the suites of this folder share: the scenario on a held clock, loaded once."""
import pytest

import play


@pytest.fixture(scope="session")
def base():
    return play.Base()
