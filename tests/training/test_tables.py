"""Tables in CSV files as samples."""

import pytest
from msgspec.structs import replace

from explainer.lesson.lesson import Data
from explainer.messages import Refused
from explainer.training.tables import is_table, read_samples, split


def table(tmp_path, text, **options):
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    return read_samples(path, **options)


def test_numbers_with_and_without_a_header(tmp_path):
    wanted = Data(((1.0, 2.0), (3.0, 4.5)), ((0.5,), (-1.0,)))
    named = table(tmp_path, "a,b,c\n1,2,.5\n3,4.5,-1\n")
    assert (named.data, named.columns) == (replace(wanted, names=("a", "b")), ("a", "b"))
    bare = table(tmp_path, "\ufeff1;2;.5\n\n3;4.5;-1\n")
    assert (bare.data, bare.columns) == (wanted, ("x1", "x2"))


def test_words_are_classes(tmp_path):
    text = "a\tkind\n1\tno\n2\tyes\n3\tno\n"
    assert table(tmp_path, text).data.targets == ((0.0,), (1.0,), (0.0,))
    assert table(tmp_path, text, loss="hinge").data.targets == ((-1.0,), (1.0,), (-1.0,))
    three = table(tmp_path, text + "4\tmaybe\n")
    assert three.classes == ("maybe", "no", "yes")
    assert three.data.targets[1] == (0.0, 0.0, 1.0)


def test_numbers_are_classes_where_the_error_says_so(tmp_path):
    found = table(tmp_path, "a,n\n1,10\n2,9\n", loss="cross_entropy")
    assert found.classes == ("9", "10")
    assert found.data.targets == ((0.0, 1.0), (1.0, 0.0))


def test_any_columns_may_be_asked_for(tmp_path):
    found = table(tmp_path, "a,b,c\n1,2,3\n", targets=["a", "c"])
    assert found.data == Data(((2.0,),), ((1.0, 3.0),), ("b",))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("a,b\n", "no rows"),
        ("a,b\n1,2,3\n", "Line 2 has 3 cells"),
        ("a,a\n1,2\n", "same name"),
        ("a,b\nx,2\n", "Line 2, column 1"),
        ("a,b\nnan,2\n", "not a number"),
        ("a\n1\n", "no column is left"),
        ('a,b\n"1,2\n', "is not closed"),
        # One bad cell does not make classes of numbers.
        ("a,b\n1,2\n3,NA\n4,5\n", "Line 3, column 2: “NA” is not a number"),
        ("a,b\n1,2\n3,inf\n", "“inf” is not a number"),
        ("a,b\n1,2\n3,\n", "Line 3, column 2: the cell is empty"),
        ("a,b\n1,yes\n3,\n4,no\n", "Line 3, column 2: the cell is empty"),
        ("a,b\n1_0,2\n", "“1_0” is not a number"),
        ("a,b\n1,yes\n2,yes\n", "one class alone"),
        ("a,b\n" + "".join(f"{n},word{n}\n" for n in range(101)), "101 classes"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, text, word):
    with pytest.raises(Refused, match=word):
        table(tmp_path, text)
    with pytest.raises(Refused, match="no column"):
        table(tmp_path, "a,b\n1,2\n", targets=["z"])


def test_a_share_is_kept_for_testing():
    data = Data(tuple((float(n),) for n in range(10)), tuple((float(n),) for n in range(10)))
    found = split(data, 0.3, 1)
    assert (len(found.inputs), len(found.test.inputs)) == (7, 3)
    assert sorted(found.inputs + found.test.inputs) == list(data.inputs)
    assert split(data, 0.0, 1) == data
    # Who asks for test samples gets one, however few there are.
    least = split(data, 0.001, 1).test
    assert least is not None
    assert len(least.inputs) == 1


def test_a_decimal_comma(tmp_path):
    found = table(tmp_path, "a;b;c\n1,5;2;ja\n-0,5;3;nein\n")
    assert found.data == Data(((1.5, 2.0), (-0.5, 3.0)), ((0.0,), (1.0,)), ("a", "b"))


def test_endings():
    assert is_table("A.CSV")
    assert not is_table("lesson.json")
