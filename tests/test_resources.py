"""The files that come with the program are found in a checkout and in an installed wheel."""

from explainer import resources


def test_in_a_checkout_they_lie_beside_the_package():
    assert resources.resource("lang").parent.name == "resources"
    assert resources.resource("lang").parent.parent.joinpath("pyproject.toml").is_file()


def test_in_an_installed_wheel_they_lie_inside_it(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.resource("lang", "ru.mo") == tmp_path / "resources" / "lang" / "ru.mo"
