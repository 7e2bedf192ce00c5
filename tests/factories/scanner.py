"""A real ClamAV for the tests: its daemon, with one signature and nothing of the network."""

import hashlib
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.factories.files import EICAR

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


class Clamd:
    """The daemon; use it in a ``with``."""

    def __init__(self, folder, socket=None):
        self.folder = Path(folder)
        # Not below ``folder``: the name of a socket takes 107 letters.
        self.socket = socket or f"{tempfile.mkdtemp(prefix='clamd-')}/s"
        self.is_own_folder = socket is None
        signatures = self.folder / "signatures"
        signatures.mkdir()
        name = f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n"
        (signatures / "own.hdb").write_text(name)
        self.config = self.folder / "clamd.conf"
        self.config.write_text(
            f"LocalSocket {self.socket}\nDatabaseDirectory {signatures}\n"
            f"TemporaryDirectory {self.folder}\nForeground yes\nMaxThreads 4\n"
            "StreamMaxLength 30M\nConcurrentDatabaseReload no\n"
        )

    def __enter__(self):
        command = [CLAMD, "--config-file", str(self.config)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _attempt in range(300):
            if self.answers():
                return self
            time.sleep(0.1)
        raise TimeoutError(f"clamd does not answer; it ended with {self.process.poll()}")

    def answers(self):
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(self.socket)
                line.sendall(b"zPING\0")
                return line.recv(20).startswith(b"PONG")
        except OSError:
            return False

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait(timeout=20)
        if self.is_own_folder:
            shutil.rmtree(Path(self.socket).parent, ignore_errors=True)
