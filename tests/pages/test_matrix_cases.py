"""Pages in matrices of lessons that are not plain: tied, frozen, in place, penalised, clipped, softmax, other rules."""

import msgspec

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Clip, Data, Lesson, Loss, Parameter, Update
from explainer.pages.matrices import matrix_page
from explainer.trace.run import trace
from tests.pages.matrix_pages import LECTURE, page_of, said, texts
from tests.render.networks import dense, lesson


def test_tied_entries_add_up_to_the_gradient_of_their_parameter():
    page = page_of(example("mazur-2-2-2"), "gradient_parameter", "b1")
    assert texts(page)[-3:] == [
        "∂E/∂b₁ = (db₁)[1,1] + (db₁)[1,2]",
        "∂E/∂b₁ ≈ 0.0087714 + 0.0099543",
        "∂E/∂b₁ ≈ 0.018726",
    ]


def tied() -> Lesson:
    shown = dense(2, 2, 1)
    names = {edge.weight: "w" for edge in shown.network.edges if edge.target != "o2_1"}
    edges = tuple(
        msgspec.structs.replace(edge, weight=names.get(edge.weight, edge.weight))
        for edge in shown.network.edges
    )
    parameters = {"w": 0.3, "w5": 0.2, "w6": Parameter(0.1, trainable=False)}
    network = msgspec.structs.replace(shown.network, edges=edges, parameters=parameters)
    return msgspec.structs.replace(shown, network=network)


def test_a_tied_weight_moves_by_its_whole_gradient_and_a_frozen_one_not_at_all():
    assert texts(page_of(tied(), "update", "w"))[0] == "W₁⁺ [2×2] = W₁ [2×2] − η · ∂E/∂W₁ [2×2]"
    page = page_of(tied(), "update", "w5")
    assert texts(page)[1] == "(w₅⁺; w₆) = (w₅; w₆) − η · (∂E/∂w₅; 0)"
    assert said(page)[-1] == "A parameter that is not trained stays where it is: its step is 0."


def test_weights_updated_in_place_wear_a_plus_on_the_way_back():
    in_place = msgspec.structs.replace(LECTURE, update=Update(Choice("sgd"), 0.05, "in_place"))
    page = page_of(in_place, "delta", "h1")
    assert texts(page)[:2] == [
        "dA₁ [1×2] = dX₂ = dS₂ [1×1] · W₂⁺ᵀ [1×2]",
        "(∂E/∂h₁ | ∂E/∂h₂) = (δ(ŷ)) · (w₅⁺ | w₆⁺)",
    ]
    assert "the way back goes through the new ones" in said(page)[-1]


def test_a_rule_with_a_memory_is_told_as_a_step():
    adam = msgspec.structs.replace(LECTURE, update=Update(Choice("adam"), 0.05))
    page = page_of(adam, "update", "w5")
    assert texts(page) == [
        "W₂⁺ [2×1] = W₂ [2×1] + ΔW₂ [2×1]",
        "W₂⁺ ≈ (0.14; 0.15) + (0.05; 0.05)",
        "W₂⁺ ≈ (0.19; 0.2)",
    ]


def test_penalties_and_clipping_change_what_the_update_takes():
    decayed = msgspec.structs.replace(LECTURE, penalty=Choice("l2", {"rate": 0.1}))
    assert texts(page_of(decayed, "gradient_parameter", "w5"))[-3:-1] == [
        "∂J/∂w₅ = (dW₂)[1,1] + ∂R/∂w₅",
        "∂J/∂w₅ = −0.68765 + 0.014",
    ]
    assert "∂J/∂W₂" in texts(page_of(decayed, "update", "w5"))[0]
    assert texts(page_of(decayed, "batch_loss"))[0] == "J = E + R"
    clipped = msgspec.structs.replace(
        LECTURE, update=Update(Choice("sgd"), 0.05, clip=Clip("value", 0.5))
    )
    page = page_of(clipped, "update", "w5")
    assert texts(page)[2] == "(w₅⁺; w₆⁺) = (0.14; 0.15) − 0.05 · (−0.5; −0.38832)"


def test_the_inputs_of_a_network_that_is_applied_have_derivatives():
    page = page_of(msgspec.structs.replace(LECTURE, mode="apply"), "gradient_input", "i2")
    assert texts(page)[0] == "dX₁ [1×2] = dS₁ [1×2] · W₁ᵀ [2×2]"
    assert texts(page)[-1] == "dX₁ ≈ (−0.027021 | −0.033493)"
    assert said(page)[-1] == "The step on its own is row 1, column 2 of dX₁."


def test_a_softmax_comes_back_row_by_row():
    neurons = [
        msgspec.structs.replace(neuron, activation=Choice("softmax"))
        if neuron.role == "output"
        else neuron
        for neuron in dense(2, 2).network.neurons
    ]
    ends = [(edge.source, edge.target) for edge in dense(2, 2).network.edges]
    shown = msgspec.structs.replace(
        lesson(neurons, ends),
        data=Data(((0.5, 1.0),), ((0.0, 1.0),)),
        loss=Loss(Choice("cross_entropy")),
    )
    assert texts(page_of(shown, "softmax"))[0] == "A [1×2] = softmax(S)"
    assert texts(page_of(shown, "delta"))[0] == "dA [1×2] = ∂E/∂A"
    runs = trace(shown, 1)
    last = [step for step in runs[0].summary.steps if step.kind == "delta"][-1]
    page = matrix_page(runs, 0, last.index, "en", 5)
    assert page is not None
    assert "dS [1×2] = A ∘ ( dA − ( A ∘ dA ) · 11ᵀ [2×2] )" in texts(page)
