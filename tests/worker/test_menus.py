"""The formulas of menus as the worker answers them."""

from explainer.protocol import HereFormulas, WantFormulas, decode_reply, frame
from explainer.render.formulas import picture
from explainer.worker.answers import Answers


def test_texts_come_without_pictures_and_pictures_with_texts():
    answers = Answers()
    names = ("sigmoid", "tanh")
    plain = answers.answer(WantFormulas(1, "activations", names, "en", False))
    drawn = answers.answer(WantFormulas(2, "activations", names, "en", True))
    assert isinstance(plain, HereFormulas)
    assert isinstance(drawn, HereFormulas)
    for name in names:
        assert plain.formulas[name].picture is None
        assert plain.formulas[name].text == drawn.formulas[name].text
    assert drawn.formulas["tanh"].picture == picture("f(z) = \\tanh\\left(z\\right)")
    assert decode_reply(frame(drawn)[4:]) == drawn


def test_what_is_no_row_and_what_is_no_formula_is_left_out():
    answers = Answers()
    reply = answers.answer(WantFormulas(1, "losses", ("huber", "hubris"), "ru", True))
    assert list(reply.formulas) == ["huber"]
    typed = answers.answer(WantFormulas(1, "typed", ("z*z", "z*", "os.system(1)"), "en", False))
    assert list(typed.formulas) == ["z*z"]


def test_names_of_functions_are_those_of_the_lesson():
    answers = Answers()
    for functions, name in (("international", "arctan"), ("russian", "arctg")):
        wanted = WantFormulas(1, "activations", ("arctan",), "ru", True, functions)
        formula = answers.answer(wanted).formulas["arctan"]
        assert formula.text == f"f(z) = {name}(z)"
        assert formula.picture is not None
