"""Plain data as JSON: what a student's process may send to a process that does not trust it.

Only values of a fixed list of types pass; everything else arrives as a :class:`Foreign`, and a function as a
:class:`FunctionReference`.  Reading received data only makes values of these types and never runs code.  Each
type has a size limit, so that no forged value takes long to read.
"""

import array
import collections
import datetime as dt
import decimal
import fractions
import pathlib
import re
import sys
import types
import zoneinfo
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

_DEEPEST = 40
_MOST = 1_000_000
"""The most values in one answer; an answer with more is not read."""
_MOST_BYTES = 64_000_000
_MOST_HEX = 1_000_000  # digits of a whole number
_MOST_RATIO_HEX = 5_000  # digits of a numerator or denominator, because fractions are reduced
_MOST_EXPONENT = 100_000
_MOST_TEXT = 100_000  # characters of text that is parsed, such as a decimal number or a path
_MOST_NAME = 80
_MOST_FIELDS = 200
_ZONE = re.compile(r"(?!dateutil)[A-Za-z0-9_+/:-]{1,64}")
_FREQUENCY = re.compile(r"[A-Za-z0-9-]{1,16}")
_UNIT = re.compile(r"s|ms|us|ns")
_CLOSED = re.compile(r"left|right|both|neither")
_TYPECODE = re.compile(r"[bBhHiIlLqQfd]")
_ARRAY_DTYPE = re.compile(
    r"[<>=|]?([biuf][0-9]{1,2}|[US][0-9]{1,8}|c(8|16)|O|[mM]8\[[0-9]{0,4}[A-Za-z]{1,2}\])"
)
_SCALAR_DTYPE = re.compile(rf"{_ARRAY_DTYPE.pattern}|[<>=|]?c[0-9]{{1,2}}")
_PANDAS_DTYPE = re.compile(
    r"object|bool|boolean|u?int(8|16|32|64)|float(16|32|64)|U?Int(8|16|32|64)|Float(32|64)|str|string"
    r"|string\[(python|pyarrow)\]|(bool|u?int(8|16|32|64)|double|float|string|large_string)\[pyarrow\]"
)
_FACTORIES = {kind.__name__: kind for kind in (int, float, str, list, dict, set)}
_MAPPINGS = {
    kind.__name__: kind for kind in (collections.UserDict, collections.ChainMap, types.MappingProxyType)
}
_PATHS = {kind.__name__: kind for kind in (pathlib.PurePosixPath, pathlib.PureWindowsPath)}


_TOO_MUCH = f"more than {_MOST:,} values"


class NotPlain(ValueError):
    """What was received is not plain data, or too much of it."""


class FunctionReference(NamedTuple):
    """A function that stays in its own process and is called by its number."""

    number: int
    name: str


class Foreign:
    """A placeholder for a value that is not plain data, such as an object of a student's own class.

    Its text is a sentence, so that a check that shows the answer also says what is wrong with it.
    """

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}: not plain data, so it cannot be marked; use text, numbers, a list or a table>"


def encode(value: Any, *, number_of: Callable[[Callable], int] | None = None) -> Any:
    """Return a value as data for JSON.

    Parameters
    ----------
    value
        Anything.
    number_of
        Returns the number under which a function can be called; without it, functions are foreign.

    Returns
    -------
    object
        Text, numbers, None, and lists and dictionaries of these; a dictionary has its type under ``t``.

    Examples
    --------
    >>> decode(encode({"days": (1, 2), "when": dt.date(1962, 4, 9)}))
    {'days': (1, 2), 'when': datetime.date(1962, 4, 9)}
    """
    return _Encoder(number_of).encode(value, 0)


def decode(
    data: Any,
    *,
    function: Callable[[FunctionReference], Any] = lambda reference: reference,
    note: Callable[[str], None] = lambda kind: None,
) -> Any:
    """Return the value from which :func:`encode` made `data`.

    Parameters
    ----------
    data
        Anything that was received as JSON.
    function
        Makes the object that represents a function.
    note
        Called with the type of every value that is not plain data, and with each class of the sender's own
        whose values arrive as the plain type that it extends.

    Raises
    ------
    NotPlain
        When `data` is not something that `encode` makes.
    """
    try:
        return _Decoder(function, note).decode(data)
    except NotPlain:
        raise
    except Exception as error:  # a hostile process can send anything
        raise NotPlain(f"This is not plain data ({type(error).__name__}).") from None


ITERATORS = (map, filter, zip, enumerate, reversed, types.GeneratorType)
_SCALARS = (str, bool, int, float, type(None))
_SAFE = 1 << 64  # larger numbers are written in hexadecimal: Python refuses thousands of decimal digits


class _Encoder:
    def __init__(self, number_of):
        self.number_of = number_of
        self.left = _MOST

    def encode(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            raise NotPlain(_TOO_MUCH)
        kind = type(value)
        if kind in _SCALARS and (kind is not int or -_SAFE < value < _SAFE):
            return value
        for known, encoder in _ENCODERS:
            if isinstance(value, known):
                told = encoder(self, value, depth + 1)
                # It may do more than its base type.
                is_own = kind.__module__ == "__main__" and not hasattr(kind, "_fields")
                return {"t": "own", "name": kind.__name__[:_MOST_NAME], "v": told} if is_own else told
        if callable(value) and not isinstance(value, type) and self.number_of:
            name = getattr(value, "__name__", kind.__name__)
            return {"t": "function", "n": self.number_of(value), "name": str(name)[:80]}
        name = f"class {value.__name__}" if isinstance(value, type) else kind.__name__
        return {"t": "foreign", "name": name[:_MOST_NAME]}

    def many(self, values: Iterator | list, depth: int) -> list:
        return [self.encode(value, depth) for value in values]

    def pandas_array(self, array: Any, depth: int) -> dict:
        """Return an array of pandas or NumPy with its dtype, so that it can be restored."""
        dtype = array.dtype
        out = {"dtype": str(dtype)}
        self.left -= len(array)
        if isinstance(dtype, pd.CategoricalDtype):
            array = pd.Categorical(array)
            categories = self.encode(pd.Index(array.categories), depth)
            return out | {
                "codes": array.codes.tolist(),
                "categories": categories,
                "ordered": bool(array.ordered),
            }
        if isinstance(dtype, pd.IntervalDtype):
            sides = [self.pandas_array(pd.Index(side).array, depth) for side in (array.left, array.right)]
            return out | {"sides": sides, "closed": array.closed}
        if not isinstance(
            dtype, np.dtype | pd.DatetimeTZDtype | pd.PeriodDtype
        ) and not _PANDAS_DTYPE.fullmatch(str(dtype)):
            raise NotPlain(f"a column of {dtype}")
        if isinstance(dtype, pd.PeriodDtype):
            return out | {"v": pd.PeriodIndex(array).asi8.tolist(), "freq": pd.PeriodIndex(array).freqstr}
        if isinstance(dtype, np.dtype) and dtype.kind in "biuf":
            return out | {"v": np.asarray(array).tolist()}
        if dtype.kind == "M":
            index = pd.DatetimeIndex(array)
            return out | {"v": index.asi8.tolist(), "unit": index.unit, "tz": index.tz and str(index.tz)}
        if dtype.kind == "m":
            index = pd.TimedeltaIndex(array)
            return out | {"v": index.asi8.tolist(), "unit": index.unit}
        return out | {"v": self.many(list(array), depth)}


def _tagged(tag: str, make: Callable) -> Callable:
    return lambda encoder, value, depth: {"t": tag, "v": make(value)}


def _items(tag: str, order: Callable = list) -> Callable:
    return lambda encoder, value, depth: {"t": tag, "v": encoder.many(order(value), depth)}


def _numpy_scalar(encoder, value, depth):
    if value.dtype.kind in "Mm":
        return {"t": "np", "dtype": value.dtype.str, "v": int(value.astype("i8"))}
    if value.dtype.kind in "OV":
        return {"t": "foreign", "name": type(value).__name__}
    if value.dtype.kind == "c":
        return {"t": "np", "dtype": value.dtype.str, "v": [float(value.real), float(value.imag)]}
    plain = value.item()
    return {"t": "np", "dtype": value.dtype.str, "v": plain.hex() if isinstance(plain, bytes) else plain}


def _numpy_array(encoder, value, depth):
    if value.dtype.kind == "V":
        return {"t": "foreign", "name": f"array of {value.dtype}"}
    flat = np.asarray(value).ravel()
    encoder.left -= len(flat)
    if value.dtype.kind in "Mm":
        items = flat.astype("i8").tolist()
    elif value.dtype.kind in "cS":
        items = flat.tobytes().hex()
    else:
        items = encoder.many(flat.tolist(), depth) if value.dtype.kind == "O" else flat.tolist()
    return {"t": "array", "dtype": value.dtype.str, "shape": list(value.shape), "v": items}


def _moment(encoder, value, depth):
    zone = value.tzinfo
    named = zone.key if isinstance(zone, zoneinfo.ZoneInfo) else None
    naive = value.replace(tzinfo=None)
    offset = value.utcoffset()
    return {
        "t": "datetime",
        "v": naive.isoformat(),
        "zone": named,
        "offset": None if offset is None else offset.total_seconds(),
        "fold": value.fold,
    }


def _timestamp(encoder, value, depth):
    return {"t": "timestamp", "v": value.value if value.unit == "ns" else int(value.asm8.astype("i8")),
            "unit": value.unit, "tz": value.tz and str(value.tz)}  # fmt: skip


def _timedelta(encoder, value, depth):
    return {"t": "pd-timedelta", "v": int(value.asm8.astype("i8")), "unit": value.unit}


def _index(encoder, value, depth):
    if isinstance(value, pd.MultiIndex):
        names = encoder.many(value.names, depth)
        return {"t": "multiindex", "v": encoder.many(list(value), depth), "names": names}
    name = encoder.encode(value.name, depth)
    if isinstance(value, pd.RangeIndex):
        return {"t": "rangeindex", "v": [value.start, value.stop, value.step], "name": name}
    return {"t": "index", "v": encoder.pandas_array(value.array, depth), "name": name}


def _series(encoder, value, depth):
    return {
        "t": "series",
        "v": encoder.pandas_array(value.array, depth),
        "index": encoder.encode(value.index, depth),
        "name": encoder.encode(value.name, depth),
    }


def _frame(encoder, value, depth):
    columns = [value.iloc[:, i] for i in range(value.shape[1])]
    return {
        "t": "frame",
        "v": [encoder.pandas_array(column.array, depth) for column in columns],
        "columns": encoder.encode(value.columns, depth),
        "index": encoder.encode(value.index, depth),
    }


def _other_mapping(encoder, value, depth):
    pairs = [encoder.many(pair, depth) for pair in value.items()]
    return {"t": "mapping", "kind": next(name for name, kind in _MAPPINGS.items() if isinstance(value, kind)),
            "v": pairs}  # fmt: skip


def _mapping(encoder, value, depth):
    told = {"t": "dict", "v": [encoder.many(pair, depth) for pair in dict.items(value)]}
    if isinstance(value, collections.Counter):
        return told | {"t": "counter"}
    if isinstance(value, collections.OrderedDict):
        return told | {"t": "ordereddict"}
    if isinstance(value, collections.defaultdict):
        factory = value.default_factory
        names = [name for name, known in _FACTORIES.items() if known is factory]
        return told | {"t": "defaultdict", "factory": names[0] if names else encoder.encode(factory, depth)}
    return told


def _tuple(encoder, value, depth):
    items = encoder.many(list(tuple.__iter__(value)), depth)
    fields = getattr(type(value), "_fields", None)
    if isinstance(fields, tuple) and type(value) is not tuple:
        return {"t": "namedtuple", "name": type(value).__name__, "fields": list(fields), "v": items}
    return {"t": "tuple", "v": items}


def _whole(encoder, value, depth):
    value = int.__int__(value)
    return value if -_SAFE < value < _SAFE else {"t": "int", "v": hex(value)}


def _path(encoder, value, depth):
    kinds = {"Path": pathlib.Path} | _PATHS
    kind = next(name for name, known in kinds.items() if isinstance(value, known))
    return {"t": "path", "kind": kind, "v": str(value)}


def _iterator(encoder, value, depth):
    return {"t": "iterator", "v": encoder.many(islice(value, _MOST), depth)}


# The first type that fits is used, so a type comes before its base type.
_ENCODERS = [
    (types.ModuleType, _tagged("module", lambda value: value.__name__)),
    (np.generic, _numpy_scalar),
    (np.ndarray, _numpy_array),
    (type(pd.NaT), _tagged("nat", lambda value: None)),
    (type(pd.NA), _tagged("na", lambda value: None)),
    (pd.Timestamp, _timestamp),
    (pd.Timedelta, _timedelta),
    (pd.Period, lambda encoder, value, depth: {"t": "period", "v": value.ordinal, "freq": value.freqstr}),
    (pd.Interval, lambda encoder, value, depth: {
        "t": "interval", "v": encoder.many([value.left, value.right], depth), "closed": value.closed}),
    (pd.Index, _index),
    (pd.Series, _series),
    (pd.DataFrame, _frame),
    (pd.api.extensions.ExtensionArray, lambda encoder, value, depth: encoder.encode(pd.Series(value), depth)),
    (dt.datetime, _moment),
    (dt.date, _tagged("date", dt.date.isoformat)),
    (dt.time, _tagged("time", lambda value: value.replace(tzinfo=None).isoformat())),
    (dt.timedelta, _tagged("timedelta", lambda value: [value.days, value.seconds, value.microseconds])),
    (bool, lambda encoder, value, depth: bool(value)),
    (str, lambda encoder, value, depth: str.__str__(value)),
    (int, _whole),
    (float, lambda encoder, value, depth: float.__float__(value)),
    (bytes, _tagged("bytes", bytes.hex)),
    (bytearray, _tagged("bytearray", lambda value: bytes(value).hex())),
    (complex, _tagged("complex", lambda value: [value.real, value.imag])),
    (decimal.Decimal, _tagged("decimal", str)),
    (fractions.Fraction, _tagged("fraction", lambda value: [hex(value.numerator), hex(value.denominator)])),
    (pathlib.PurePath, _path),
    (collections.deque, lambda encoder, value, depth: {
        "t": "deque", "v": encoder.many(list(value), depth), "maxlen": value.maxlen}),
    (list, _items("list")),
    (tuple, _tuple),
    (set, _items("set")),
    (frozenset, _items("frozenset")),
    (range, _tagged("range", lambda value: [value.start, value.stop, value.step])),
    (dict, _mapping),
    (tuple(_MAPPINGS.values()), _other_mapping),
    (array.array, lambda encoder, value, depth: {
        "t": "array-array", "v": encoder.many(value.tolist(), depth), "typecode": value.typecode}),
    (type({}.keys()), _items("keys")),
    (type({}.values()), _items("values")),
    (type({}.items()), _items("items")),
    (ITERATORS, _iterator),
    (collections.abc.Iterator, _iterator),
]  # fmt: skip


class _Decoder:
    def __init__(self, function, note):
        self.function, self.note = function, note
        self.left = _MOST
        self.depth = 0

    def decode(self, data: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise NotPlain(_TOO_MUCH)
        if type(data) in _SCALARS:
            return data
        self.depth += 1
        if self.depth > 2 * _DEEPEST:  # a frame in a list is several levels deep
            raise NotPlain(_TOO_MUCH)
        made = getattr(self, "t_" + data["t"].replace("-", "_"))(data)
        self.depth -= 1
        return made

    def many(self, items: list) -> list:
        return [self.decode(item) for item in items]

    def pairs(self, data) -> dict:
        # A loop, here and for sets: many equal hashes take long, and only a loop can be interrupted.
        return {self.decode(key): self.decode(value) for key, value in data["v"]}

    def t_list(self, data):
        return self.many(data["v"])

    def t_tuple(self, data):
        return tuple(self.many(data["v"]))

    def t_namedtuple(self, data):
        fields = tuple(map(str, data["fields"][:_MOST_FIELDS]))
        return _named(_matching(re.compile(r"\w{1,80}"), data["name"]), fields)(*self.many(data["v"]))

    def t_deque(self, data):
        return collections.deque(self.many(data["v"]), data["maxlen"])

    def t_set(self, data):
        return {self.decode(item) for item in data["v"]}

    def t_frozenset(self, data):
        return frozenset(self.t_set(data))

    def t_dict(self, data):
        return self.pairs(data)

    def t_counter(self, data):
        return collections.Counter(self.pairs(data))

    def t_ordereddict(self, data):
        return collections.OrderedDict(self.pairs(data))

    def t_defaultdict(self, data):
        factory = data["factory"]
        made = _FACTORIES[factory] if isinstance(factory, str) else self.decode(factory)
        return collections.defaultdict(made if callable(made) else None, self.pairs(data))

    def t_mapping(self, data):
        return _MAPPINGS[data["kind"]](self.pairs(data))

    def t_array_array(self, data):
        return array.array(_matching(_TYPECODE, data["typecode"]), data["v"])

    def t_keys(self, data):
        return {self.decode(key): None for key in data["v"]}.keys()

    def t_values(self, data):
        return dict(enumerate(self.many(data["v"]))).values()

    def t_items(self, data):
        return {key: value for key, value in map(self.decode, data["v"])}.items()

    def t_iterator(self, data):
        return iter(self.many(data["v"]))

    def t_int(self, data):
        return _from_hex(data["v"], _MOST_HEX)

    def t_range(self, data):
        return range(*map(_small, data["v"]))

    def t_bytes(self, data):
        return bytes.fromhex(data["v"])

    def t_bytearray(self, data):
        return bytearray.fromhex(data["v"])

    def t_complex(self, data):
        return complex(*map(float, data["v"]))

    def t_decimal(self, data):
        number = decimal.Decimal(_short(data["v"]))
        if number.is_finite() and abs(number.adjusted()) > _MOST_EXPONENT:
            raise NotPlain("This number is too large.")
        return number

    def t_fraction(self, data):
        above, below = (_from_hex(part, _MOST_RATIO_HEX) for part in data["v"])
        return fractions.Fraction(above, below)

    def t_path(self, data):
        return ({"Path": pathlib.Path} | _PATHS)[data["kind"]](_short(data["v"]))

    def t_date(self, data):
        return dt.date.fromisoformat(_short(data["v"]))

    def t_time(self, data):
        return dt.time.fromisoformat(_short(data["v"]))

    def t_timedelta(self, data):
        return dt.timedelta(*map(_small, data["v"]))

    def t_datetime(self, data):
        naive = dt.datetime.fromisoformat(_short(data["v"])).replace(fold=_small(data["fold"]))
        if data["zone"]:
            return naive.replace(tzinfo=zoneinfo.ZoneInfo(_matching(_ZONE, data["zone"])))
        if data["offset"] is None:
            return naive
        return naive.replace(tzinfo=dt.timezone(dt.timedelta(seconds=float(data["offset"]))))

    def t_nat(self, data):
        return pd.NaT

    def t_na(self, data):
        return pd.NA

    def t_timestamp(self, data):
        moment = pd.Timestamp(np.datetime64(_small(data["v"]), _matching(_UNIT, data["unit"])))
        zone = data["tz"] and _matching(_ZONE, data["tz"])
        return moment if not zone else moment.tz_localize("UTC").tz_convert(zone)

    def t_pd_timedelta(self, data):
        return pd.Timedelta(np.timedelta64(_small(data["v"]), _matching(_UNIT, data["unit"])))

    def t_period(self, data):
        return pd.Period(ordinal=_small(data["v"]), freq=_matching(_FREQUENCY, data["freq"]))

    def t_interval(self, data):
        return pd.Interval(*self.many(data["v"]), closed=_matching(_CLOSED, data["closed"]))

    def t_np(self, data):
        dtype, value = np.dtype(_matching(_SCALAR_DTYPE, data["dtype"])), data["v"]
        if dtype.kind in "Mm":
            return np.array(_small(value), "i8").astype(dtype)[()]
        if dtype.kind == "c":
            return dtype.type(complex(*map(float, value)))
        return dtype.type(bytes.fromhex(value) if dtype.kind == "S" else value)

    def t_array(self, data):
        dtype, items = np.dtype(_matching(_ARRAY_DTYPE, data["dtype"])), data["v"]
        shape = [_small(length) for length in data["shape"]]
        n_items = len(items) // (2 * dtype.itemsize) if dtype.kind in "cS" else len(items)
        self.left -= n_items
        if self.left < 0 or dtype.itemsize * n_items > _MOST_BYTES or max(shape, default=0) > _MOST:
            raise NotPlain(_TOO_MUCH)
        if dtype.kind in "Mm":
            flat = np.array(items, "i8").astype(dtype)
        elif dtype.kind in "cS":
            flat = np.frombuffer(bytes.fromhex(items), dtype).copy()
        elif dtype.kind == "O":
            flat = np.empty(len(items), object)
            flat[:] = self.many(items)
        else:
            flat = np.array(items, dtype)
        return flat.reshape(shape)

    def pandas_array(self, data: dict) -> Any:
        self.left -= len(data.get("codes") or data.get("v") or ())
        if self.left < 0:
            raise NotPlain(_TOO_MUCH)
        if "sides" in data:
            left, right = map(self.pandas_array, data["sides"])
            return pd.arrays.IntervalArray.from_arrays(left, right, _matching(_CLOSED, data["closed"]))
        if "codes" in data:
            categories = self.decode(data["categories"])
            return pd.Categorical.from_codes(data["codes"], categories, ordered=bool(data["ordered"]))
        if "freq" in data:
            return pd.PeriodIndex.from_ordinals(data["v"], freq=_matching(_FREQUENCY, data["freq"])).array
        if "unit" in data:
            unit = _matching(_UNIT, data["unit"])
            if "tz" not in data:
                return pd.TimedeltaIndex(np.array(data["v"], f"m8[{unit}]")).array
            index = pd.DatetimeIndex(np.array(data["v"], f"M8[{unit}]"))
            zone = data["tz"] and _matching(_ZONE, data["tz"])
            return (index.tz_localize("UTC").tz_convert(zone) if zone else index).array
        values = self.many(data["v"])
        dtype = _matching(_PANDAS_DTYPE, data["dtype"])
        if dtype == "object":
            flat = np.empty(len(values), object)
            flat[:] = values
            return flat
        return pd.array(values, dtype=dtype)

    def t_index(self, data):
        return pd.Index(self.pandas_array(data["v"]), name=self.decode(data["name"]))

    def t_rangeindex(self, data):
        steps = range(*map(_small, data["v"]))
        if len(steps) > _MOST:
            raise NotPlain(_TOO_MUCH)
        return pd.RangeIndex(steps, name=self.decode(data["name"]))

    def t_multiindex(self, data):
        names = self.many(data["names"])
        rows = self.many(data["v"])
        if not rows:
            return pd.MultiIndex([[]] * len(names), [[]] * len(names), names=names)
        return pd.MultiIndex.from_tuples(rows, names=names)

    def t_series(self, data):
        return pd.Series(
            self.pandas_array(data["v"]), self.decode(data["index"]), name=self.decode(data["name"])
        )

    def t_frame(self, data):
        index = self.decode(data["index"])
        frame = pd.DataFrame({i: self.pandas_array(column) for i, column in enumerate(data["v"])}, index)
        frame.columns = self.decode(data["columns"])
        return frame

    def t_function(self, data):
        return self.function(FunctionReference(_small(data["n"]), str(data["name"])[:_MOST_NAME]))

    def t_foreign(self, data):
        return self.foreign(str(data["name"]))

    def foreign(self, kind: str) -> Foreign:
        self.note(kind[:_MOST_NAME])
        return Foreign(kind[:_MOST_NAME])

    def t_own(self, data):
        self.note(str(data["name"])[:_MOST_NAME])
        return self.decode(data["v"])

    def t_module(self, data):
        # A module that is loaded here anyway; a student's own module is foreign.
        return sys.modules.get(data["v"]) or self.foreign(f"the module {data['v']}")


def _short(text: Any) -> str:
    """Return a text that will be parsed, if it is short enough."""
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        raise NotPlain("This is too long.")
    return text


def _matching(pattern: re.Pattern, text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise NotPlain(f"{str(text)[:_MOST_NAME]} is not known here.")
    return text


def _small(number: Any) -> int:
    """Return a 64-bit integer."""
    number = int(number)
    if not -_SAFE < number < _SAFE:
        raise NotPlain("This number is too large.")
    return number


def _from_hex(text: Any, most: int) -> int:
    if not isinstance(text, str) or len(text) > most:
        raise NotPlain("This number is too large.")
    return int(text, 16)


@lru_cache(maxsize=256)
def _named(name: str, fields: tuple[str, ...]) -> type:
    """Return a class of named tuples, if every field has a plain name."""
    return collections.namedtuple(name, fields)
