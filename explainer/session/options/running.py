"""The menus about the pass: which samples, in which order, with which arithmetic, and where the weights begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.initialise import Spread, fans, spread_of
from explainer.lesson.lesson import Arithmetic, Functions, Lesson
from explainer.lesson.training_edits import initialised, set_arithmetic, set_functions, set_mode
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.numbers import shown
from explainer.messages import Message, Refused, message
from explainer.pages.usage import has_tangents
from explainer.session.choosing import Change
from explainer.session.options.menus import Action, FormulaKey, Menu, Option, Quantity
from explainer.session.options.training import updated
from explainer.session.options.words import parameter_label, stated, with_parameter

_FIRST_DIGITS = 3
_DIGITS = 4
# So many different spreads are told; deep networks have more of them than anybody reads.
_SPREADS_TOLD = 3


def batch_menu(lesson: Lesson) -> Menu:
    """Return the menu of how many samples one update takes."""
    title = message("change of the batch size")
    count = len(lesson.data.inputs)
    size = count if lesson.update.batch_size == "all" else min(int(lesson.update.batch_size), count)

    def option(name: str, label: Message, new: int | Literal["all"]) -> Option:
        change = updated("batch", title, batch_size=new)
        return Option(name, label, change, FormulaKey("batches", name))

    options = [option("one", message("every sample by itself"), 1)]
    if count > 2:
        options.append(
            option("several", message("some samples at a time"), min(max(size, 2), count - 1))
        )
    if count > 1:
        options.append(option("all", message("all samples at once"), "all"))
    chosen = "one" if size == 1 else "all" if size == count else "several"

    def change(value: float) -> Change:
        if not 1 <= value <= count:
            fault = message("There are {count} samples.", count=count)
            return Change("batch", title, _refusing(fault))
        return updated("batch", title, batch_size=int(value))

    number = Quantity("batch_size", message("samples"), size, change, whole=True)
    quantities = (number,) if chosen == "several" else ()
    return Menu("batch", message("Samples in one update"), tuple(options), chosen, quantities)


def _refusing(fault: Message) -> Callable[[Lesson], Lesson]:
    def edit(_lesson: Lesson) -> Lesson:
        raise Refused(fault)

    return edit


def order_menu(lesson: Lesson) -> Menu:
    """Return the menu of when the updates are made."""
    title = message("change of the order of updates")

    def option(name: str, label: Message, note: Message) -> Option:
        return Option(name, label, updated("order", title, order=name), notes=(note,))

    options = (
        option(
            "simultaneous",
            message("all at the end"),
            message("Every gradient is taken at the old weights."),
        ),
        option(
            "in_place",
            message("layer by layer, on the way back"),
            message("The way back to earlier layers already meets the new weights."),
        ),
    )
    return Menu("order", message("Updates"), options, lesson.update.order)


def shuffle_menu(lesson: Lesson) -> Menu:
    """Return the menu of the order of the samples."""
    title = message("change of the order of samples")
    options = (
        Option("listed", message("as listed"), updated("shuffle", title, shuffle=False)),
        Option(
            "shuffled",
            message("drawn anew for every epoch"),
            updated("shuffle", title, shuffle=True),
            notes=(message("The same seed draws the same order."),),
        ),
    )
    chosen = "shuffled" if lesson.update.shuffle else "listed"
    seed = Quantity("seed", message("seed"), lesson.seed, _reseeded, whole=True)
    # Where weights are drawn by the same seed, it stands there, because it draws them anew.
    alone = lesson.update.shuffle and lesson.initialise is None
    label = message("Order of the samples")
    return Menu("shuffle", label, options, chosen, (seed,) if alone else ())


def _reseeded(value: float) -> Change:
    seed = int(value)
    return Change("seed", message("change of the seed"), lambda lesson: replace(lesson, seed=seed))


def mode_menu(lesson: Lesson) -> Menu:
    """Return the menu of what is done with the network."""
    title = message("training or application")

    def option(name: Literal["train", "apply"], label: Message, note: Message) -> Option:
        change = Change("mode", title, lambda lesson: set_mode(lesson, name))
        return Option(name, label, change, notes=(note,))

    options = (
        option(
            "train",
            message("is trained"),
            message("Dropout draws its masks, batch normalisation measures the batch."),
        ),
        option(
            "apply",
            message("is applied"),
            message(
                "Nothing is dropped, running averages normalise, and the gradients of the inputs are shown."
            ),
        ),
    )
    return Menu("mode", message("The network"), options, lesson.mode)


def arithmetic_menus(lesson: Lesson) -> tuple[Menu, ...]:
    """Return the menus of how numbers are computed: exactly, or rounded as by hand."""
    title = message("change of the arithmetic")
    now = lesson.arithmetic

    def change(new: Arithmetic) -> Change:
        return Change("arithmetic", title, lambda lesson: set_arithmetic(lesson, new))

    def rounded(name: str, count: int) -> Arithmetic:
        return Arithmetic(mode="rounded", ties=now.ties, **{name: count})

    digits = next((n for n in (now.decimals, now.significant) if n is not None), _FIRST_DIGITS)
    options = (
        Option(
            "exact",
            message("exact"),
            change(Arithmetic()),
            notes=(message("Only what is shown is rounded."),),
        ),
        Option("decimals", message("rounded to decimals"), change(rounded("decimals", digits))),
        Option(
            "significant",
            message("rounded to significant digits"),
            change(rounded("significant", max(digits, 1))),
        ),
    )
    if now.mode == "exact":
        return (Menu("arithmetic", message("Arithmetic"), options, "exact"),)
    chosen = "decimals" if now.decimals is not None else "significant"
    label = message("decimals") if chosen == "decimals" else message("digits")
    number = Quantity(
        "digits", label, digits, lambda n: change(rounded(chosen, int(n))), whole=True
    )
    return (
        Menu("arithmetic", message("Arithmetic"), options, chosen, (number,)),
        Menu(
            "ties",
            message("A five at the end"),
            (
                Option("half_up", message("is rounded up"), change(replace(now, ties="half_up"))),
                Option(
                    "half_even",
                    message("is rounded to the even digit"),
                    change(replace(now, ties="half_even")),
                ),
            ),
            now.ties,
        ),
    )


def function_menus(lesson: Lesson) -> tuple[Menu, ...]:
    """Return the menu of how tangents are written, for a lesson that has some."""
    chosen = lesson.notation.functions
    if chosen == "international" and not has_tangents(lesson):
        return ()
    title = message("change of the names of functions")

    def option(name: Functions, label: Message, notes: tuple[Message, ...] = ()) -> Option:
        change = Change("functions", title, lambda lesson: set_functions(lesson, name))
        return Option(name, label, change, notes=notes)

    options = (
        option("international", message("as tan and arctan")),
        option("russian", message("as tg and arctg"), (message("As in Russian textbooks."),)),
    )
    return (Menu("functions", message("Tangents are written"), options, chosen),)


def initialiser_menu(lesson: Lesson, language: str) -> Menu:
    """Return the menu of how starting weights are drawn; choosing one draws, and so does the button, with the next seed.

    `language` is that of the numbers in its remarks.
    """
    title = message("drawing of the weights")
    choice = lesson.initialise

    def drawn(new: Choice, seed: int) -> Change:
        return Change("weights", title, lambda lesson: initialised(lesson, new, seed))

    options = [
        Option(
            row.name,
            row.label,
            drawn(Choice(row.name), lesson.seed),
            FormulaKey("initialisers", row.name),
            source=row.source,
        )
        for row in INITIALISERS.values()
    ]
    if choice is None:
        options.insert(0, Option("given", message("as given in the lesson")))
        return Menu("initialiser", message("Starting weights"), tuple(options), "given")
    found = choice
    quantities = [
        Quantity(
            name,
            parameter_label(name),
            value,
            _drawn_with(found, name, lesson.seed, title),
        )
        for name, value in stated(choice, INITIALISERS[choice.name].parameters).items()
    ]
    seed = Quantity(
        "seed", message("seed"), lesson.seed, lambda value: drawn(found, int(value)), whole=True
    )
    return Menu(
        "initialiser",
        message("Starting weights"),
        tuple(options),
        choice.name,
        (*quantities, seed),
        remarks=tuple(_spreads(lesson, choice, language)),
        action=Action(message("Draw the weights anew"), drawn(choice, lesson.seed + 1)),
    )


def _drawn_with(choice: Choice, name: str, seed: int, title: Message) -> Callable[[float], Change]:
    def change(value: float) -> Change:
        new = with_parameter(choice, name, value)
        return Change("weights", title, lambda lesson: initialised(lesson, new, seed))

    return change


def _spreads(lesson: Lesson, choice: Choice, language: str) -> list[Message]:
    """Return how the weights are spread for each number of inputs and outputs that occurs."""
    found = dict.fromkeys(fans(lesson.network).values())
    told = [
        message(
            "Fan-in {n_in}, fan-out {n_out}: {spread}.",
            n_in=fan.fan_in,
            n_out=fan.fan_out,
            spread=_told(spread_of(choice, fan), language),
        )
        for fan in list(found)[:_SPREADS_TOLD]
    ]
    return told if len(found) <= _SPREADS_TOLD else [*told, message("…")]


def _told(spread: Spread, language: str) -> Message:
    numbers = [shown(number, _DIGITS, language) for number in spread.numbers]
    if spread.distribution == "uniform":
        return message("uniform from {low} to {high}", low=numbers[0], high=numbers[1])
    if spread.distribution == "normal":
        return message("normal, mean {mean}, deviation {std}", mean=numbers[0], std=numbers[1])
    return message("always {value}", value=numbers[0])
