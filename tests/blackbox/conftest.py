import pytest

from exchange import Exchange
from baresip import baresip  # noqa: F401  (a fixture)
from sipp import sipp  # noqa: F401  (a fixture)


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
