import pytest

from explainer.gui.canvas.typed_number import editable_text, typed_number
from explainer.messages import Refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.25", 0.25),
        ("0,25", 0.25),
        (" 3 ", 3.0),
        ("-2", -2.0),
        ("−2", -2.0),
        ("+.5", 0.5),
        ("5.", 5.0),
        ("1e-3", 0.001),
        ("1,5E2", 150.0),
        ("1.2·10⁻⁷", 1.2e-7),
        ("−1000000", -1e6),
        ("0.1000000000000000055", 0.1),
    ],
)
def test_understands_what_people_write(text, value):
    assert typed_number(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type a number, for example 0.5."),
        ("   ", "Type a number, for example 0.5."),
        ("abc", "“abc” is not a number: type one such as 0.5 or −2."),
        ("1.2.3", "“1.2.3” is not a number: type one such as 0.5 or −2."),
        ("1_000", "“1_000” is not a number: type one such as 0.5 or −2."),
        ("0x10", "“0x10” is not a number: type one such as 0.5 or −2."),
        ("1 2", "“1 2” is not a number: type one such as 0.5 or −2."),
        ("٣", "“٣” is not a number: type one such as 0.5 or −2."),
        ("__import__('os')", "“__import__('os')” is not a number: type one such as 0.5 or −2."),
        ("nan", "The number must be finite."),
        ("-Infinity", "The number must be finite."),
        ("1000000.1", "The number must lie between −1 000 000 and 1 000 000."),
        ("1e999", "The number must lie between −1 000 000 and 1 000 000."),
    ],
)
def test_refuses_the_rest_in_one_sentence(text, sentence):
    with pytest.raises(Refused) as refusal:
        typed_number(text)
    assert str(refusal.value) == sentence


def test_quotes_only_the_beginning_of_a_long_text():
    with pytest.raises(Refused) as refusal:
        typed_number("x" * 60)
    assert len(str(refusal.value)) < 90


def test_minus_zero_is_zero():
    assert str(typed_number("-0")) == "0.0"


@pytest.mark.parametrize("value", [0.0, 0.1, -0.5, 2.0, 1 / 3, 1e-7, -123456.789, 5e-324])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_shows_every_digit_and_reads_them_back(value, language):
    assert typed_number(editable_text(value, language)) == value


def test_shows_numbers_as_the_language_does():
    assert editable_text(-0.5, "ru") == "−0,5"
    assert editable_text(2.0, "en") == "2"
