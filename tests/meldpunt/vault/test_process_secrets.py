import pytest

from meldpunt.vault import process_secrets
from meldpunt.vault.checks import secrets_belong_here, secrets_fit_the_database
from tests.factories.meldpunt import open_desk
from tests.factories.regions import MunicipalityFactory


@pytest.fixture
def only_a_file(settings, tmp_path):
    for name in ("WEB_PEPPER", "STAFF_PEPPER", "ROOT_KEY", "RECEIPT_KEY"):
        setattr(settings, f"MELDPUNT_{name}", "")
    settings.MELDPUNT_SECRETS_FILE = str(tmp_path / "secrets.json")
    return tmp_path / "secrets.json"


def test_the_demo_reads_its_own_file(only_a_file, settings):
    settings.DEMO_MODE = True
    process_secrets.write_demo_file({"MELDPUNT_WEB_PEPPER": "44" * 32})
    assert process_secrets.web_pepper().material == b"\x44" * 32
    assert only_a_file.stat().st_mode & 0o077 == 0
    assert process_secrets.is_demo()


def test_the_demo_file_is_never_written_twice(only_a_file, settings):
    settings.DEMO_MODE = True
    process_secrets.write_demo_file({})
    with pytest.raises(FileExistsError):
        process_secrets.write_demo_file({})


def test_outside_the_demo_a_demo_file_is_refused(only_a_file, settings):
    settings.DEMO_MODE = False
    process_secrets.write_demo_file({"MELDPUNT_WEB_PEPPER": "44" * 32})
    with pytest.raises(process_secrets.DemoSecretsRefused):
        process_secrets.web_pepper()
    assert [problem.id for problem in secrets_belong_here(None)] == ["meldpunt.E001"]


@pytest.mark.django_db(databases=["default", "keystore"])
def test_keys_without_secrets_stop_the_process(settings, tmp_path):
    open_desk(MunicipalityFactory())
    assert secrets_fit_the_database(None, databases=["default"]) == []
    settings.MELDPUNT_ROOT_KEY = ""
    settings.MELDPUNT_SECRETS_FILE = str(tmp_path / "lost.json")
    problems = secrets_fit_the_database(None, databases=["default"])
    assert [problem.id for problem in problems] == ["meldpunt.E002"]


@pytest.mark.parametrize("broken", ["", "zz", "11" * 31, "11" * 33])
def test_a_secret_of_the_wrong_shape_counts_as_missing(settings, tmp_path, broken):
    settings.MELDPUNT_SECRETS_FILE = str(tmp_path / "none.json")
    settings.MELDPUNT_WEB_PEPPER = broken
    with pytest.raises(process_secrets.SecretsMissing):
        process_secrets.web_pepper()
