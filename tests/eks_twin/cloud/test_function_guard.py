"""Functions see neither this machine's environment nor its network: some that try."""

import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.node_runtime import NodeRuntime
from eks_twin.cloud.python_runtime import PythonRuntime
from eks_twin.cloudformation import ResourceFailed

pytestmark = pytest.mark.slow

NOWHERE = str(ip_address("127.255.255.255") + 1)
"""The first address that is not of loopback."""
GIVEN = {
    *("AWS_CONFIG_FILE", "AWS_EC2_METADATA_DISABLED", "AWS_SHARED_CREDENTIALS_FILE", "HOME", "LAMBDA_TASK_ROOT"),
    *("LANG", "PATH", "TMPDIR", "TZ", "_HANDLER"),
}
"""The variables of every function."""


def python(folder: Path, body: str) -> LambdaEvent:
    code = folder / "code"
    code.mkdir(exist_ok=True)
    imports = "import os, socket, subprocess, urllib.request"
    (code / "index.py").write_text(f"{imports}\ndef handler(event, context):\n    {body}\n")
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "kubectl").touch()
    return PythonRuntime(programs, {}, folder / "functions.log")(code, "index.handler", {"OWN": "variable"}, {}) or {}


def node(folder: Path, body: str) -> LambdaEvent:
    (folder / "index.js").write_text(f"module.exports.handler = async () => {{ {body} }}")
    return NodeRuntime(Path(os.environ["JSII_NODE"]), {})(folder, "index.handler", {"OWN": "variable"}, {}) or {}


@pytest.fixture
def port() -> Iterator[int]:
    """Where a server on loopback answers `here`."""

    class Here(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"here")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Here)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("attempt", "refused"),
    [
        (f"socket.create_connection(({NOWHERE!r}, 443), 1)", NOWHERE),
        (f"socket.socket().connect(({NOWHERE!r}, 443))", NOWHERE),
        (f"socket.socket().connect_ex(({NOWHERE!r}, 443))", NOWHERE),
        ("socket.socket().connect(('issuer.example.com', 443))", "issuer.example.com"),
        ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'?', ('issuer.example.com', 53))", "issuer.example.com"),
        (f"socket.socket(socket.AF_INET6).connect(('::ffff:{NOWHERE}', 443))", f"::ffff:{NOWHERE}"),
        ("socket.getaddrinfo('issuer.example.com', 443)", "issuer.example.com"),
        ("socket.gethostbyname('issuer.example.com')", "issuer.example.com"),
        ("urllib.request.urlopen('https://issuer.example.com')", "issuer.example.com"),
        ("import boto3; boto3.client('sts', 'eu-west-1', **KEYS).get_caller_identity()", "sts.eu-west-1.amazonaws.com"),
        ("socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')", "/var/run/docker.sock"),
        ("subprocess.check_call(['npm', 'install', 'aws-sdk'])", "npm"),
        ("subprocess.check_call('npm install aws-sdk', shell=True)", "/bin/sh"),
        (f"subprocess.check_call([{sys.executable!r}, '-c', 'pass'])", sys.executable),
        ("subprocess.check_call(['curl', 'https://example.com'], env={'PATH': '/usr/bin'})", "curl"),
        ("os.system('npm install aws-sdk')", "npm install aws-sdk"),
        ("os.execv('/usr/bin/env', ['env'])", "/usr/bin/env"),
        ("os.posix_spawn('/usr/bin/env', ['env'], {})", "/usr/bin/env"),
    ],
)
def test_what_a_python_function_may_not_do_fails_by_name(attempt: str, refused: str, tmp_path: Path) -> None:
    """With a layer of the CDK's, one had looked for its issuer; nothing must leave loopback."""
    attempt = attempt.replace("**KEYS", "aws_access_key_id='a', aws_secret_access_key='b'")
    with pytest.raises(ResourceFailed, match=r"functions of the twin .*refused") as failed:
        python(tmp_path, attempt)
    assert f"refused {refused!r}" in str(failed.value)


@pytest.mark.parametrize(
    ("attempt", "refused"),
    [
        (f"require('net').connect(443, '{NOWHERE}')", NOWHERE),
        (f"new (require('net').Socket)().connect({{host: '{NOWHERE}', port: 443}})", NOWHERE),
        ("require('tls').connect({host: 'issuer.example.com', port: 443})", "issuer.example.com"),
        ("require('http2').connect('https://issuer.example.com')", "issuer.example.com"),
        ("await new Promise((_, no) => require('https').get('https://issuer.example.com').on('error', no))", "issuer"),
        ("await fetch('https://issuer.example.com')", "issuer.example.com"),
        ("require('dns').lookup('issuer.example.com', () => {})", "issuer.example.com"),
        ("await require('dns').promises.resolve4('issuer.example.com')", "issuer.example.com"),
        ("await new (require('dns').promises.Resolver)().resolve4('issuer.example.com')", "issuer.example.com"),
        ("const {lookup} = await import('dns/promises'); await lookup('issuer.example.com')", "issuer.example.com"),
        ("require('dgram').createSocket('udp4').send('?', 53, 'issuer.example.com')", "issuer.example.com"),
        ("require('net').connect('/var/run/docker.sock')", "/var/run/docker.sock"),
        ("require('child_process').execSync('npm install aws-sdk')", "npm install aws-sdk"),
        ("const {spawn} = await import('child_process'); spawn('npm', ['install'])", "npm"),
    ],
)
def test_what_a_node_function_may_not_do_fails_by_name(attempt: str, refused: str, tmp_path: Path) -> None:
    """AwsCustomResource ran `npm install` on the machine, out to the registry."""
    with pytest.raises(ResourceFailed, match=rf"functions of the twin .*refused '{refused}"):
        node(tmp_path, attempt)


def test_a_node_function_reads_no_file_but_its_own(tmp_path: Path) -> None:
    """Not by its absolute path either."""
    secret = tmp_path / ".aws" / "credentials"
    secret.parent.mkdir()
    secret.write_text("secret")
    code = tmp_path / "code"
    code.mkdir()
    with pytest.raises(ResourceFailed, match="restricted"):
        node(code, f"require('fs').readFileSync('{secret}')")
    assert node(code, "require('fs').writeFileSync(`${process.env.HOME}/x`, ''); return {files: 1}") == {"files": 1}


def test_a_function_has_no_variable_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "the-real-one")
    assert set(python(tmp_path, "return dict(os.environ)")) == {*GIVEN, "OWN", "TEST_OUTDIR"}
    assert set(node(tmp_path, "return process.env")) == {*GIVEN, "OWN"}


def test_a_functions_home_is_a_folder_of_this_call(tmp_path: Path) -> None:
    """So it finds neither `~/.aws` nor `~/.kube`."""
    home_in_python = "home = os.path.expanduser('~'); return {'home': home, 'files': os.listdir(home)}"
    home_in_node = "const home = require('os').homedir(); return {home, files: require('fs').readdirSync(home)}"
    for answer in (python(tmp_path, home_in_python), node(tmp_path, home_in_node)):
        assert answer["files"] == []
        assert not Path(answer["home"]).exists()


def test_loopback_is_reached(port: int, tmp_path: Path) -> None:
    """There are the twin's AWS and its API server, by name and by address."""
    for host in ("localhost", "127.0.0.1"):
        url = f"http://{host}:{port}"
        said = python(tmp_path, f"return {{'said': urllib.request.urlopen('{url}').read().decode()}}")
        assert said == node(tmp_path, f"return {{said: await (await fetch('{url}')).text()}}") == {"said": "here"}
