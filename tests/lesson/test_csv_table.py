"""Tables as they come from spreadsheets: read, refused by line and column, and written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.csv_columns import CsvTable
from explainer.lesson.csv_table import (
    Manner,
    block_of,
    csv_text,
    decoded,
    manner_of,
    read_text,
)
from explainer.messages import Refused
from tests.work import counted

numbers = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)


def read(content):
    text, _ = decoded(content)
    return rows_of(text, manner_of(text))


def rows_of(text, manner):
    """Return what the columns are called and all their numbers."""
    table = CsvTable(text, manner)
    return table.header, table.rows_of_numbers(range(table.width), range(table.height))


# What is read, as (header, rows).
READ = {
    "comma": (b"a,b\n1,2\n3,4\n", ("a", "b"), ((1, 2), (3, 4))),
    "no header": (b"1,2\n3,4", ("", ""), ((1, 2), (3, 4))),
    "semicolon and decimal comma": (b"a;b\r\n1,5;2\r\n3;4,25\r\n", ("a", "b"), ((1.5, 2), (3, 4.25))),
    "semicolon and decimal point": (b"1.5;2\n3;4", ("", ""), ((1.5, 2), (3, 4))),
    "tab and decimal comma": (b"x\ty\n0,5\t-1,5\n", ("x", "y"), ((0.5, -1.5),)),
    "aligned with spaces": (b" 1.0   2.0\n10.5  -3\n", ("", ""), ((1, 2), (10.5, -3))),
    "quoted": (b'"width, cm","y"\n"1.5","2"\n', ("width, cm", "y"), ((1.5, 2),)),
    "quoted decimal commas": (b'a,b\n"1,5","2,5"\n', None, "Line 2, column 1: “1,5” is not a number."),
    "one column": (b"y\n1\n2\n", ("y",), ((1,), (2,))),
    "bom": (b"\xef\xbb\xbfa;b\n1;2\n", ("a", "b"), ((1, 2),)),
    "utf-16": ("a;b\n1;2\n".encode("utf-16"), ("a", "b"), ((1, 2),)),
    "cp1251": ("длина;ширина\n1,5;2\n".encode("cp1251"), ("длина", "ширина"), ((1.5, 2),)),
    "blank lines": (b"\n1,2\n\n\n3,4\n\n", ("", ""), ((1, 2), (3, 4))),
    "exponents": (b"1e-3,2E5\n-.5,+4.\n", ("", ""), ((0.001, 2e5), (-0.5, 4))),
    "a typographic minus": ("−1;2\n3;−4,5\n".encode(), ("", ""), ((-1, 2), (3, -4.5))),
    "empty": (b"", None, "The table is empty."),
    "blank": (b"\n \n", None, "The table is empty."),
    "header only": (b"a,b\n", None, "The table has a header and no rows."),
    "ragged": (b"a,b\n1,2\n3\n", None, "Line 3 has 1 cells, the table has 2 columns."),
    "an empty cell": (b"a,b\n1,\n", None, "Line 2, column 2: the cell is empty."),
    "words": (b"a,b\n1,2\n3,x\n", None, "Line 3, column 2: “x” is not a number."),
    "a formula": (b"a,b\n1,2\n=cmd(),2\n", None, "Line 3, column 1: “=cmd()” is not a number."),
    "a formula of Excel": (b"a,b\n=1+1,2\n", None, "Line 2, column 1: “=1+1” is not a number."),
    "not a number": (b"a,b\nnan,2\n", None, "Line 2, column 1: “nan” is not a number."),
    "infinite": (b"a,b\n1,inf\n", None, "Line 2, column 2: “inf” is not a number."),
    "too large": (b"a,b\n1,1e400\n", None, "Line 2, column 2: “1e400” is not a number."),
    "underscores": (b"a,b\n1_0,2\n", None, "Line 2, column 1: “1_0” is not a number."),
    "nul": (b"a,b\n1,\x002\n", None, "This is not a text file."),
    "binary": (bytes(range(256)), None, "This is not a text file."),
    "an open quote": (b'a,b\n"1,2\n', None, "A quotation mark in line 2 is not closed."),
    "control characters": (b"a,b\n1,\x1b[31m\n", None, "Line 2, column 2: “\\u001b[31m” is not a number."),
    "10 MB": (b"1,2\n" * (10 << 18), None, "The file is larger than 8 MB."),
    "too many rows": (b"1,2\n" * 10_001, None, "The table has 10001 rows, at most 10000 are allowed."),
    "too many columns": (b",".join([b"1"] * 5000), None, "The table has 5000 columns, which is too many."),
    "one long cell": (b"a,b\n1," + b"9" * 1_000_000, None, "Line 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_or_refused_in_one_sentence(name):
    content, header, wanted = READ[name]
    # So many calls for each byte, whatever it is.
    most = 2000 + 30 * len(content)
    if header is None:
        with counted(most), pytest.raises(Refused) as caught:
            read(content)
        assert str(caught.value).startswith(wanted)
        assert str(caught.value).isprintable()
    else:
        with counted(most):
            found = tuple(read(content))
        assert found == (header, wanted)


def test_files_are_read_up_to_their_limit(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes("а;б\n1;2\n".encode("cp1251"))
    assert read_text(file) == ("а;б\n1;2\n", "cp1251")
    file.write_bytes(b"1,2\n" * (10 << 18))
    with pytest.raises(Refused, match="larger than 8 MB"):
        read_text(file)
    with pytest.raises(Refused, match="missing"):
        read_text(tmp_path / "missing.csv")


def test_another_encoding_can_be_said():
    content = "é;1\n".encode("latin-1")
    assert decoded(content) == ("й;1\n", "cp1251")
    assert decoded(content, "latin-1") == ("é;1\n", "latin-1")
    with pytest.raises(Refused, match="cannot be read as utf-8"):
        decoded(content, "utf-8")


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.tuples(*[numbers] * width), min_size=1, max_size=8)
    ),
    st.sampled_from([(",", False), (";", False), (";", True), ("\t", False), ("\t", True)]),
    st.booleans(),
)
def test_what_is_written_is_read_back(rows, manner, has_header):
    delimiter, decimal_comma = manner
    header = tuple(f"c{place}" for place in range(len(rows[0]))) if has_header else ()
    text = csv_text(header, rows, delimiter=delimiter, decimal_comma=decimal_comma)
    assert rows_of(text, Manner(delimiter, decimal_comma, has_header))[1] == tuple(rows)
    assert block_of(csv_text((), rows, delimiter="\t", decimal_comma=decimal_comma)) == [
        list(row) for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("a,b\n1,2\n", True),
        ("5.1,3.5,setosa\n6.2,2.9,virginica\n", False),
        ("sepal,petal,kind\n5.1,3.5,setosa\n", True),
        ("a,2\n3,4\n", True),
        ("yes,no\nno,yes\n", True),
    ],
)
def test_a_first_line_with_numbers_is_a_header_where_a_word_stands_above_a_number(text, has_header):
    assert manner_of(text).has_header is has_header


def test_a_column_of_words_is_told_from_one_with_a_bad_cell():
    text = "a,b,c\n1,x,yes\n2,3,no\n4,5,\n"
    table = CsvTable(text, manner_of(text))
    assert [table.is_of_words(column) for column in range(3)] == [False, False, True]
    assert table.full_rows((0, 2)) == [0, 1]
    assert table.classes(2, [0, 1], None) == (("no", "yes"), ((1.0,), (0.0,)))
    assert table.classes(2, [0, 1], "cross_entropy")[1] == ((0.0, 1.0), (1.0, 0.0))
    with pytest.raises(Refused, match="Line 2, column 2: “x” is not a number"):
        table.rows_of_numbers((0, 1), range(3))
    with pytest.raises(Refused, match="Line 4, column 3: the cell is empty"):
        table.classes(2, range(3), None)


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_refused(text):
    for reading in (lambda: rows_of(text, manner_of(text)), lambda: block_of(text)):
        sentence = ""
        try:
            reading()
        except Refused as error:
            sentence = str(error)
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
        ("1,5\t2\r\n3\t4,5\r\n", [[1.5, 2], [3, 4.5]]),
        ("1,5;2\n3;4", [[1.5, 2], [3, 4]]),
        ("1,2\n3,4\n", [[1.2], [3.4]]),
        ("1,2,3\n4,5,6", [[1, 2, 3], [4, 5, 6]]),
        ("0,5", [[0.5]]),
        ("7", [[7]]),
        ("1\t\n\t4", [[1, None], [None, 4]]),
        ("−1,5", [[-1.5]]),
    ],
)
def test_a_pasted_block(text, block):
    assert block_of(text) == block


@pytest.mark.parametrize("text", ["", "  \n", "a\tb", "1\t=2+3"])
def test_what_is_no_block_is_refused(text):
    with pytest.raises(Refused):
        block_of(text)
