import pytest

from customers import Customers
from exchange import Exchange
from baresip import baresip  # noqa: F401  (a fixture)
from sipp import sipp  # noqa: F401  (a fixture)
from softphone import Softphone


@pytest.fixture
def exchange(tmp_path):
    """A factory of nodes; all are stopped at the end, and none may have died by itself."""
    made = []

    def make(config="", start=True, **more):
        node = Exchange(tmp_path / f"node{len(made)}", config, **more)
        made.append(node)
        if start:
            node.start()
        return node

    yield make
    for node in made:
        node.stop()
        assert not node.log.exists() or "panicked at" not in node.log.read_text(), node.log.read_text()


@pytest.fixture
def customers(exchange):
    """A factory of nodes with functions of their own; the phones that called them are closed at the end."""
    made = []

    def make(*functions, config="", options=None, **more):
        made.append(Customers(exchange(config, start=False, **(options or {})), functions, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def softphone():
    """A factory of phones in Python; all are closed at the end."""
    made = []

    def make(*words, **more):
        made.append(Softphone(*words, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()
