from pathlib import Path

import yaml

from eks_twin.control_plane.kubeconfig import (
    ADMINISTRATOR,
    CONTEXT,
    SCHEDULER,
    User,
    kubeconfig_of,
    make_users,
    write_kubeconfig,
    write_tokens,
)
from eks_twin.home import Home


def test_the_administrators_kubeconfig_is_the_twins(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert kubeconfig_of(home, ADMINISTRATOR) == home.kubeconfig
    assert kubeconfig_of(home, SCHEDULER).name == "kube-scheduler.kubeconfig"


def test_a_kubeconfig_holds_all_it_needs_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    (tmp_path / "authority.crt").write_text("certificate")
    file = tmp_path / "kubeconfig"
    write_kubeconfig(file, "https://127.0.0.1:20443", tmp_path / "authority.crt", "token")
    content = yaml.safe_load(file.read_text())
    assert content["current-context"] == CONTEXT
    assert content["users"][0]["user"] == {"token": "token"}
    cluster = {"server": "https://127.0.0.1:20443", "certificate-authority-data": "Y2VydGlmaWNhdGU="}
    assert content["clusters"][0]["cluster"] == cluster
    assert file.stat().st_mode & 0o777 == 0o600


def test_tokens_are_new_at_each_start() -> None:
    tokens = [user.token for _ in range(2) for user in make_users().values()]
    assert len(set(tokens)) == len(tokens) == 8
    assert min(map(len, tokens)) >= 40


def test_the_tokens_file_names_token_user_id_and_groups(tmp_path: Path) -> None:
    write_tokens(tmp_path / "tokens.csv", [User("me", ("system:masters", "people"), "secret"), User("other", (), "t")])
    assert (tmp_path / "tokens.csv").read_text() == 'secret,me,me,"system:masters,people"\nt,other,other,""\n'
    assert (tmp_path / "tokens.csv").stat().st_mode & 0o777 == 0o600


def test_only_the_administrator_and_the_nodes_are_above_rbac() -> None:
    """The controllers have the rights that they have in every cluster: what they lack there, they lack here."""
    above = {name for name, user in make_users().items() if "system:masters" in user.groups}
    assert above == {ADMINISTRATOR, "kwok"}
