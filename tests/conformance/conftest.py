"""What the suites of this folder share: the scenario on a held clock, loaded once; a drop-in DSS for each module that wants one."""
import pytest

import play


@pytest.fixture(scope="session")
def base():
    return play.Base()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    import dss  # skips its module where there is nothing to make tokens with
    one = dss.Served(tmp_path_factory.mktemp("dss"))
    yield one
    one.close()


@pytest.fixture
def spot():
    import dss_volumes
    return dss_volumes.Spot()


@pytest.fixture
def alder(served):
    return served.uss("alder")


@pytest.fixture
def birch(served):
    return served.uss("birch")
