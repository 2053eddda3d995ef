"""Adjusting what is there: names, symbols and texts, biases and ties, what is frozen, dropped or normalised."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Text
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import message
from explainer.session.building import Building, named_neurons, named_parameters

if TYPE_CHECKING:
    from explainer.lesson.structure import TextField, Use

_TEXTS = {
    "title": message("change of the title"),
    "description": message("change of the description"),
    "notes": message("change of the notes"),
}


class Adjusting(Building):
    """Edits that leave the edges alone; as those of `Building`."""

    language: str

    # --- names -----------------------------------------------------------------------------

    def rename_neuron(self, neuron_id: str, new: str) -> bool:
        """Give a neuron another id; all that refers to it follows."""
        from explainer.lesson import structure

        name = neuron_symbol(self.lesson.network.neuron(neuron_id)).text
        # Chance knows neurons by their ids: with dropout another id is another training.
        chancy = any(neuron.dropout is not None for neuron in self.lesson.network.neurons)
        start = self._rebased() if chancy else self.lesson
        lesson = structure.rename_neuron(start, neuron_id, new)
        if new == neuron_id:
            return False
        title = message("renaming of {name}", name=name)
        return self._edit(
            ("rename neuron", neuron_id), title, lesson, keeps_steps=True, stays_in_pass=not chancy
        )

    def rename_parameter(self, name: str, new: str) -> bool:
        """Give a parameter another name; all that refers to it follows."""
        from explainer.lesson import structure

        lesson = structure.rename_parameter(self.lesson, name, new)
        title = message("renaming of {name}", name=symbol_of(name).text)
        return self._edit(
            ("rename parameter", name), title, lesson, keeps_steps=True, stays_in_pass=True
        )

    def set_label(self, neuron_id: str, label: str | None, *, continuing: bool = False) -> bool:
        """Give a neuron another symbol, None for its id; `continuing` as for `set_parameter`."""
        from explainer.lesson import structure

        name = neuron_symbol(self.lesson.network.neuron(neuron_id)).text
        lesson = structure.set_label(self.lesson, neuron_id, label)
        return self._edit(
            ("label", neuron_id),
            message("symbol of {name}", name=name),
            lesson,
            continuing=continuing,
            keeps_steps=True,
            stays_in_pass=True,
        )

    def set_text(self, field: TextField, text: Text, *, continuing: bool = False) -> bool:
        """Give the lesson another title, description or notes.

        Plain text takes the place of the text in the user's language where the lesson has both, else of all there is.
        """
        from explainer.lesson import structure

        lesson = structure.set_text(self.lesson, field, text, self.language)
        return self._edit(
            ("text", field),
            _TEXTS[field],
            lesson,
            continuing=continuing,
            keeps_steps=True,
            stays_in_pass=True,
        )

    # --- parameters ------------------------------------------------------------------------

    def set_bias(self, neurons: Collection[str], on: bool) -> bool:
        """Give these neurons a bias, or take it away; inputs are left out."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_bias(start, neurons, on=on)
        what = named_neurons(self.lesson.network, neurons)
        return self._build("bias", message("bias of {what}", what=what), start, lesson)

    def tie(self, names: Collection[str]) -> bool:
        """Make one parameter of several: the first, with its value."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.tie(start, names)
        title = message("tying of {what}", what=named_parameters(names))
        return self._build("tie", title, start, lesson)

    def untie(self, use: Use) -> bool:
        """Give one use of a tied parameter a parameter of its own, with the same value."""
        from explainer.lesson import structure

        name = structure.parameter_at(self.lesson.network, use)
        start = self._rebased()
        lesson = structure.untie(start, use)
        title = message("untying of {what}", what=symbol_of(name).text)
        return self._build("untie", title, start, lesson)

    def set_trainable(self, names: Collection[str], on: bool) -> bool:
        """Let updates change these parameters, or freeze them."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_trainable(start, names, on=on)
        what = named_parameters(names)
        title = (
            message("unfreezing of {what}", what=what)
            if on
            else message("freezing of {what}", what=what)
        )
        return self._build("trainable", title, start, lesson)

    # --- beyond a plain neuron -------------------------------------------------------------

    def set_dropout(
        self, neurons: Collection[str], rate: float | None, *, continuing: bool = False
    ) -> bool:
        """Drop these neurons at a rate while training, None for never; `continuing` as for `set_parameter`."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_dropout(start, neurons, rate)
        what = named_neurons(self.lesson.network, neurons)
        key = f"dropout of {' '.join(sorted(neurons))}"
        title = message("dropout of {what}", what=what)
        return self._build(key, title, start, lesson, continuing=continuing)

    def set_normalise(self, neurons: Collection[str], on: bool) -> bool:
        """Normalise the weighted sums of these neurons over a batch, or no longer; inputs are left out."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_normalise(start, neurons, on=on)
        what = named_neurons(self.lesson.network, neurons)
        title = message("batch normalisation of {what}", what=what)
        return self._build("normalise", title, start, lesson)

    def set_group(self, neurons: Collection[str], group: str | None) -> bool:
        """Let these softmax neurons share a softmax of that name, None for all of a depth."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_group(start, neurons, group)
        what = named_neurons(self.lesson.network, neurons)
        return self._build("group", message("softmax of {what}", what=what), start, lesson)

    def set_pieces(self, neurons: Collection[str], count: int) -> bool:
        """Make these neurons maxout neurons of so many pieces; inputs are left out."""
        from explainer.lesson import structure

        start = self._rebased()
        lesson = structure.set_pieces(start, neurons, count)
        what = named_neurons(self.lesson.network, neurons)
        return self._build("pieces", message("maxout of {what}", what=what), start, lesson)
