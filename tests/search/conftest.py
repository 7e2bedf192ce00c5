"""The engines that a question can be asked of."""

import pytest

from tests.factories.engines import use_node


@pytest.fixture
def node(db, settings, monkeypatch):
    """A real node that answers in place of the database."""
    take_away = use_node(settings, monkeypatch)
    yield
    take_away()


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request):
    """Each engine in turn."""
    if request.param == "elasticsearch":
        request.getfixturevalue("node")
    return request.param
