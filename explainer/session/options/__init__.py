"""Everything that can be chosen in a lesson, as labelled menus; each choice is one call of `Session.choose`."""

from __future__ import annotations

from explainer.lesson.edits import set_formula
from explainer.lesson.lesson import Lesson
from explainer.messages import message
from explainer.session.choosing import Change
from explainer.session.options.menus import (
    Action,
    FormulaKey,
    Menu,
    Option,
    Quantity,
    Section,
    Typed,
    fault_of,
    without_place,
)
from explainer.session.options.neurons import Target, activation_menu, target_of, targets
from explainer.session.options.parts import (
    edge_menus,
    edge_of_target,
    edge_target,
    part_menus,
)
from explainer.session.options.running import (
    arithmetic_menus,
    batch_menu,
    function_menus,
    initialiser_menu,
    mode_menu,
    order_menu,
    shuffle_menu,
)
from explainer.session.options.training import (
    clip_menu,
    loss_menu,
    penalty_menu,
    reduction_menu,
    rule_menu,
    schedule_menu,
    switch_menus,
)

__all__ = [
    "Action",
    "FormulaKey",
    "Menu",
    "Option",
    "Quantity",
    "Section",
    "Target",
    "Typed",
    "activation_menu",
    "edge_target",
    "fault_of",
    "sections",
    "target_of",
    "targets",
    "without_place",
]


def sections(lesson: Lesson, target_key: str = "", language: str = "en") -> tuple[Section, ...]:
    """Return all menus of a lesson; `target_key` says whose (`targets`, `edge_target`), `language` how numbers look."""
    if lesson.expression is not None:
        return (
            Section(message("Formula"), (_formula_menu(lesson),)),
            Section(message("Numbers"), (*arithmetic_menus(lesson), *function_menus(lesson))),
        )
    update = (rule_menu(lesson), *switch_menus(lesson), schedule_menu(lesson), clip_menu(lesson))
    run = (batch_menu(lesson), shuffle_menu(lesson), order_menu(lesson), mode_menu(lesson))
    edge = edge_of_target(lesson.network, target_key)
    about_edge = (
        () if edge is None else (Section(message("Edge"), tuple(edge_menus(lesson, edge))),)
    )
    return (
        *about_edge,
        Section(message("Neurons"), _neuron_menus(lesson, target_key)),
        Section(
            message("Error"), (loss_menu(lesson), reduction_menu(lesson), penalty_menu(lesson))
        ),
        Section(message("Update"), update),
        Section(message("Pass"), run),
        Section(
            message("Numbers"),
            (
                *arithmetic_menus(lesson),
                initialiser_menu(lesson, language),
                *function_menus(lesson),
            ),
        ),
    )


def _neuron_menus(lesson: Lesson, target_key: str) -> tuple[Menu, ...]:
    target = target_of(lesson, target_key)
    if target is None:
        return ()
    known = tuple(Option(one.key, one.label) for one in targets(lesson))
    whose = Menu("target", message("Layer or neuron"), known, target.key)
    return whose, activation_menu(lesson, target), *part_menus(lesson, target)


def _formula_menu(lesson: Lesson) -> Menu:
    # A field has one line.
    lines = lesson.expression.formula.splitlines() if lesson.expression is not None else []
    text = "; ".join(line.strip() for line in lines if line.strip())
    title = message("change of the formula")

    def change(typed: str) -> Change:
        return Change("formula", title, lambda lesson: set_formula(lesson, typed.strip()))

    return Menu("formula", message("What is computed"), typed=Typed("", text, change, live=True))
