"""The catalogue reader: English is the key, other languages come from a file."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from explainer import messages
from explainer.messages import (
    LENGTHENED,
    ExplainerError,
    Message,
    NotWritten,
    Refused,
    languages,
    lengthened,
    message,
    plural,
    translate,
)


@pytest.fixture
def russian(tmp_path, monkeypatch):
    catalogue = Catalog(locale="ru")
    catalogue.add("no neuron {name}", "нет нейрона {name}")
    catalogue.add("Weighted sum of {neuron}", "Взвешенная сумма {neuron}")
    catalogue.add("the output", "выход")
    catalogue.add(
        ("{count} step", "{count} steps"), ("{count} шаг", "{count} шага", "{count} шагов")
    )
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    (tmp_path / "ru.mo").write_bytes(compiled.getvalue())
    monkeypatch.setattr(messages, "_folder", lambda: tmp_path)
    messages._catalogue.cache_clear()
    yield
    messages._catalogue.cache_clear()


def test_english_is_the_key_with_its_arguments():
    assert translate(message("no neuron {name}", name="h9"), "en") == "no neuron h9"


@pytest.mark.usefixtures("russian")
def test_another_language_comes_from_its_catalogue():
    assert translate(message("no neuron {name}", name="h9"), "ru") == "нет нейрона h9"


@pytest.mark.usefixtures("russian")
def test_plain_text_is_looked_up_too():
    assert translate("the output", "ru") == "выход"
    assert translate("{braces} stay", "ru") == "{braces} stay"


@pytest.mark.usefixtures("russian")
def test_the_empty_sentence_stays_empty():
    assert translate("", "ru") == translate(message(""), "ru") == ""


@pytest.mark.usefixtures("russian")
def test_an_argument_that_is_a_message_is_translated():
    title = message("Weighted sum of {neuron}", neuron=message("the output"))
    assert translate(title, "ru") == "Взвешенная сумма выход"
    assert str(title) == "Weighted sum of the output"


@pytest.mark.usefixtures("russian")
def test_what_the_catalogue_lacks_stays_english():
    assert translate(message("not there {n}", n=1), "ru") == "not there 1"
    assert translate(message("no neuron {name}", name="h9"), "xx") == "no neuron h9"


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("count", "english", "expected"),
    [
        (1, "1 step", "1 шаг"),
        (2, "2 steps", "2 шага"),
        (5, "5 steps", "5 шагов"),
        (11, "11 steps", "11 шагов"),
        (21, "21 steps", "21 шаг"),
        (0, "0 steps", "0 шагов"),
    ],
)
def test_counted_sentences_take_the_form_of_the_language(count, english, expected):
    counted = plural("{count} step", "{count} steps", count)
    assert translate(counted, "en") == english
    assert translate(counted, "ru") == expected


def test_numbers_are_put_in_as_str_writes_them():
    assert translate(message("{a} and {b}", a=0.1, b=3), "en") == "0.1 and 3"


def test_braces_and_field_syntax_in_an_argument_stay_text():
    hostile = "{key.__class__} {0} %s"
    assert translate(message("no neuron {name}", name=hostile), "en") == f"no neuron {hostile}"


def test_arguments_may_have_any_name():
    assert translate(message("{key}", key="value"), "en") == "value"


def test_a_language_never_leads_out_of_the_folder():
    assert translate("the output", "../../ru") == "the output"


@pytest.mark.usefixtures("russian")
def test_languages_begin_with_english():
    assert languages() == ("en", "ru")


def test_messages_are_values():
    assert message("a {b}", b=1) == Message("a {b}", (("b", 1),))
    assert len({message("a"), message("a")}) == 1


@pytest.mark.parametrize(
    ("kind", "exit_code"), [(ExplainerError, 2), (Refused, 2), (NotWritten, 3)]
)
def test_an_error_carries_its_message_and_exit_code(kind, exit_code):
    error = kind(message("{place}: no neuron {name}", place="network.edges[3].from", name="h9"))
    assert str(error) == "network.edges[3].from: no neuron h9"
    assert error.exit_code == exit_code
    assert error.message.key == "{place}: no neuron {name}"


def test_the_longer_language_is_english_and_two_fifths():
    for sentence in ("&Export…", "Step {step} of {total}", "All {{x}} of it", "Computation &graph"):
        found = lengthened(sentence)
        letters = sum(map(str.isalpha, sentence.replace("{step}", "").replace("{total}", "")))
        assert len(found) >= len(sentence) + 0.4 * letters
        assert found.count("&") == sentence.count("&")
    said = translate(message("no neuron {name}", name="h9"), LENGTHENED)
    assert said.endswith(" h9")
    assert said != "no neuron h9"
    assert translate(plural("{count} step", "{count} steps", 3), LENGTHENED).startswith("3 ")
    assert LENGTHENED not in languages()
