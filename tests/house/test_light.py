"""What every process carries: libraries that few visitors need are loaded when they are."""

import subprocess
import sys

HEAVY = {
    "docx",
    "elastic_transport",
    "fontTools",
    "fpdf",
    "http_ece",
    "holidays",
    "icalendar",
    "networkx",
    "py_vapid",
    "pypdf",
}
HEAVY |= {"pypdfium2", "vobject", "shamir_mnemonic", "zxcvbn"}


def test_a_process_that_just_started_has_loaded_nothing_heavy():
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings.test'\n"
        "import portal.wsgi; print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & HEAVY == set()
