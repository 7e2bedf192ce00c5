"""A real nginx for the tests, with the configuration that the documentation gives."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

from bench.server import free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
CONFIG = Path(__file__).parents[2] / "docs/how-to/nginx.conf"
WHERE = ("proxy", "fastcgi", "uwsgi", "scgi")  # folders that Debian's nginx makes when it starts


class Nginx:
    """Before a server of ours, without TLS; use it in a ``with``."""

    def __init__(self, folder, server):
        self.folder, self.port = Path(folder), free_port()
        mine = {
            "listen 443 ssl http2": f"listen 127.0.0.1:{self.port}",
            "server_name melden.portaal.example": "server_name 127.0.0.1",
            "http://127.0.0.1:8001": server.address,
            "/var/log/nginx/error.log": f"{folder}/error.log",
            "/run/nginx.pid": f"{folder}/pid",
            "/run/nginx-body": f"{folder}/body",
        }
        text = CONFIG.read_text()
        for ours, there in mine.items():
            assert ours in text, ours
            text = text.replace(ours, there)
        text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.M)
        folders = "".join(f"{name}_temp_path {folder}/{name};" for name in WHERE)
        (self.folder / "nginx.conf").write_text(text.replace("http {", f"http {{ {folders}"))

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        who = "" if os.getuid() else "user root;"
        own = ["-e", f"{self.folder}/error.log", "-g", f"daemon off; {who}"]
        command = [NGINX, "-c", f"{self.folder}/nginx.conf", *own]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for _attempt in range(300):
            assert self.process.poll() is None, self.process.stderr.read()
            try:
                urllib.request.urlopen(f"{self.address}/gezondheid/levend", timeout=5).read()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise TimeoutError("nginx does not answer.")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.communicate(timeout=20)
