"""Codec: plain data as JSON, which a student worker may send to a process that does not trust it.

Only values of a fixed list of types pass; everything else arrives as an :class:`Opaque`, and a function as a
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


class CodecError(ValueError):
    """What was received is not plain data, or too much of it."""


class FunctionReference(NamedTuple):
    """A function that stays in its own process and is called by its number."""

    number: int
    name: str


class Opaque:
    """A placeholder for a value that is not plain data, such as an object of a student's own class.

    Its text is a sentence, so that a check that shows the answer also says what is wrong with it.
    """

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}: not plain data, so it cannot be marked; use text, numbers, a list or a table>"


def encode(value: Any, *, register: Callable[[Callable], int] | None = None) -> Any:
    """Return a value as data for JSON.

    Parameters
    ----------
    register
        Returns the number under which a function can be called; without it, functions are opaque.

    Returns
    -------
    object
        Text, numbers, None, and lists and dictionaries of these; a dictionary has its type under ``t``.

    Examples
    --------
    >>> decode(encode({"days": (1, 2), "when": dt.date(1962, 4, 9)}))
    {'days': (1, 2), 'when': datetime.date(1962, 4, 9)}
    """
    return _Encoder(register).encode(value, 0)


def decode(
    data: Any,
    *,
    function: Callable[[FunctionReference], Any] = lambda reference: reference,
    note: Callable[[str], None] = lambda kind: None,
) -> Any:
    """Return the value from which :func:`encode` made `data`.

    Parameters
    ----------
    function
        Makes the object that represents a function.
    note
        Called with the type of every value that is not plain data, and with each class of the sender's own
        whose values arrive as the plain type that it extends.

    Raises
    ------
    CodecError
        When `data` is not something that `encode` makes.
    """
    try:
        return _Decoder(function, note).decode(data)
    except CodecError:
        raise
    except Exception as error:  # a hostile process can send anything
        raise CodecError(f"This is not plain data ({type(error).__name__}).") from None


ITERATORS = (map, filter, zip, enumerate, reversed, types.GeneratorType)
_SCALARS = (str, bool, int, float, type(None))
_SAFE = 1 << 64  # larger numbers are written in hexadecimal: Python refuses thousands of decimal digits


class _Encoder:
    def __init__(self, register):
        self.register = register
        self.left = _MOST

    def encode(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            raise CodecError(_TOO_MUCH)
        type_ = type(value)
        if type_ in _SCALARS and (type_ is not int or -_SAFE < value < _SAFE):
            return value
        for kind in _KINDS:
            if isinstance(value, kind.types):
                data = kind.encode(self, value, depth + 1)
                # It may do more than its base type.
                is_own = type_.__module__ == "__main__" and not hasattr(type_, "_fields")
                return {"t": "own", "name": type_.__name__[:_MOST_NAME], "v": data} if is_own else data
        if callable(value) and not isinstance(value, type) and self.register:
            name = getattr(value, "__name__", type_.__name__)
            return {"t": "function", "n": self.register(value), "name": str(name)[:80]}
        name = f"class {value.__name__}" if isinstance(value, type) else type_.__name__
        return {"t": "opaque", "name": name[:_MOST_NAME]}

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
            raise CodecError(f"a column of {dtype}")
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


class _Decoder:
    def __init__(self, function, note):
        self.function, self.note = function, note
        self.left = _MOST
        self.depth = 0

    def decode(self, data: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise CodecError(_TOO_MUCH)
        if type(data) in _SCALARS:
            return data
        self.depth += 1
        if self.depth > 2 * _DEEPEST:  # a frame in a list is several levels deep
            raise CodecError(_TOO_MUCH)
        value = _DECODERS[data["t"]](self, data)
        self.depth -= 1
        return value

    def many(self, items: list) -> list:
        return [self.decode(item) for item in items]

    def pairs(self, data: dict) -> dict:
        # A loop, here and for sets: many equal hashes take long, and only a loop can be interrupted.
        return {self.decode(key): self.decode(value) for key, value in data["v"]}

    def set(self, data: dict) -> set:
        return {self.decode(item) for item in data["v"]}

    def opaque(self, name: object) -> Opaque:
        name = str(name)[:_MOST_NAME]
        self.note(name)
        return Opaque(name)

    def own(self, data: dict) -> Any:
        self.note(str(data["name"])[:_MOST_NAME])
        return self.decode(data["v"])

    def call(self, data: dict) -> Any:
        return self.function(FunctionReference(_small(data["n"]), str(data["name"])[:_MOST_NAME]))

    def pandas_array(self, data: dict) -> Any:
        self.left -= len(data.get("codes") or data.get("v") or ())
        if self.left < 0:
            raise CodecError(_TOO_MUCH)
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


def _numpy_scalar(encoder, value, depth):
    if value.dtype.kind in "Mm":
        return {"t": "np", "dtype": value.dtype.str, "v": int(value.astype("i8"))}
    if value.dtype.kind in "OV":
        return {"t": "opaque", "name": type(value).__name__}
    if value.dtype.kind == "c":
        return {"t": "np", "dtype": value.dtype.str, "v": [float(value.real), float(value.imag)]}
    plain = value.item()
    return {"t": "np", "dtype": value.dtype.str, "v": plain.hex() if isinstance(plain, bytes) else plain}


def _numpy_array(encoder, value, depth):
    if value.dtype.kind == "V":
        return {"t": "opaque", "name": f"array of {value.dtype}"}
    flat = np.asarray(value).ravel()
    encoder.left -= len(flat)
    if value.dtype.kind in "Mm":
        items = flat.astype("i8").tolist()
    elif value.dtype.kind in "cS":
        items = flat.tobytes().hex()
    else:
        items = encoder.many(flat.tolist(), depth) if value.dtype.kind == "O" else flat.tolist()
    return {"t": "array", "dtype": value.dtype.str, "shape": list(value.shape), "v": items}


def _datetime(encoder, value, depth):
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
    data = {"t": "dict", "v": [encoder.many(pair, depth) for pair in dict.items(value)]}
    if isinstance(value, collections.Counter):
        return data | {"t": "counter"}
    if isinstance(value, collections.OrderedDict):
        return data | {"t": "ordereddict"}
    if isinstance(value, collections.defaultdict):
        factory = value.default_factory
        names = [name for name, known in _FACTORIES.items() if known is factory]
        return data | {"t": "defaultdict", "factory": names[0] if names else encoder.encode(factory, depth)}
    return data


def _tuple(encoder, value, depth):
    items = encoder.many(list(tuple.__iter__(value)), depth)
    fields = getattr(type(value), "_fields", None)
    if isinstance(fields, tuple) and type(value) is not tuple:
        return {"t": "namedtuple", "name": type(value).__name__, "fields": list(fields), "v": items}
    return {"t": "tuple", "v": items}


def _int(encoder, value, depth):
    value = int.__int__(value)
    return value if -_SAFE < value < _SAFE else {"t": "int", "v": hex(value)}


def _path(encoder, value, depth):
    kinds = {"Path": pathlib.Path} | _PATHS
    kind = next(name for name, known in kinds.items() if isinstance(value, known))
    return {"t": "path", "kind": kind, "v": str(value)}


def _decode_module(decoder, data):
    # A module that is loaded here anyway; a student's own module is opaque.
    return sys.modules.get(data["v"]) or decoder.opaque(f"the module {data['v']}")


def _decode_defaultdict(decoder, data):
    factory = data["factory"]
    factory = _FACTORIES[factory] if isinstance(factory, str) else decoder.decode(factory)
    return collections.defaultdict(factory if callable(factory) else None, decoder.pairs(data))


def _decode_namedtuple(decoder, data):
    fields = tuple(map(str, data["fields"][:_MOST_FIELDS]))
    return _named(_matching(re.compile(r"\w{1,80}"), data["name"]), fields)(*decoder.many(data["v"]))


def _to_decimal(text: str) -> decimal.Decimal:
    number = decimal.Decimal(_short(text))
    if number.is_finite() and abs(number.adjusted()) > _MOST_EXPONENT:
        raise CodecError("This number is too large.")
    return number


def _decode_datetime(decoder, data):
    naive = dt.datetime.fromisoformat(_short(data["v"])).replace(fold=_small(data["fold"]))
    if data["zone"]:
        return naive.replace(tzinfo=zoneinfo.ZoneInfo(_matching(_ZONE, data["zone"])))
    if data["offset"] is None:
        return naive
    return naive.replace(tzinfo=dt.timezone(dt.timedelta(seconds=float(data["offset"]))))


def _decode_timestamp(decoder, data):
    moment = pd.Timestamp(np.datetime64(_small(data["v"]), _matching(_UNIT, data["unit"])))
    zone = data["tz"] and _matching(_ZONE, data["tz"])
    return moment if not zone else moment.tz_localize("UTC").tz_convert(zone)


def _decode_pandas_timedelta(decoder, data):
    return pd.Timedelta(np.timedelta64(_small(data["v"]), _matching(_UNIT, data["unit"])))


def _decode_numpy_scalar(decoder, data):
    dtype, value = np.dtype(_matching(_SCALAR_DTYPE, data["dtype"])), data["v"]
    if dtype.kind in "Mm":
        return np.array(_small(value), "i8").astype(dtype)[()]
    if dtype.kind == "c":
        return dtype.type(complex(*map(float, value)))
    return dtype.type(bytes.fromhex(value) if dtype.kind == "S" else value)


def _decode_numpy_array(decoder, data):
    dtype, items = np.dtype(_matching(_ARRAY_DTYPE, data["dtype"])), data["v"]
    shape = [_small(length) for length in data["shape"]]
    n_items = len(items) // (2 * dtype.itemsize) if dtype.kind in "cS" else len(items)
    decoder.left -= n_items
    if decoder.left < 0 or dtype.itemsize * n_items > _MOST_BYTES or max(shape, default=0) > _MOST:
        raise CodecError(_TOO_MUCH)
    if dtype.kind in "Mm":
        flat = np.array(items, "i8").astype(dtype)
    elif dtype.kind in "cS":
        flat = np.frombuffer(bytes.fromhex(items), dtype).copy()
    elif dtype.kind == "O":
        flat = np.empty(len(items), object)
        flat[:] = decoder.many(items)
    else:
        flat = np.array(items, dtype)
    return flat.reshape(shape)


def _decode_index(decoder, data):
    return pd.Index(decoder.pandas_array(data["v"]), name=decoder.decode(data["name"]))


def _decode_range_index(decoder, data):
    steps = range(*map(_small, data["v"]))
    if len(steps) > _MOST:
        raise CodecError(_TOO_MUCH)
    return pd.RangeIndex(steps, name=decoder.decode(data["name"]))


def _decode_multi_index(decoder, data):
    names, rows = decoder.many(data["names"]), decoder.many(data["v"])
    if not rows:
        return pd.MultiIndex([[]] * len(names), [[]] * len(names), names=names)
    return pd.MultiIndex.from_tuples(rows, names=names)


def _decode_series(decoder, data):
    values, index = decoder.pandas_array(data["v"]), decoder.decode(data["index"])
    return pd.Series(values, index, name=decoder.decode(data["name"]))


def _decode_frame(decoder, data):
    index = decoder.decode(data["index"])
    frame = pd.DataFrame({i: decoder.pandas_array(column) for i, column in enumerate(data["v"])}, index)
    frame.columns = decoder.decode(data["columns"])
    return frame


class _Kind(NamedTuple):
    """Types that are encoded in the same way, and how to decode each tag that the encoding may have."""

    types: type | tuple[type, ...]
    encode: Callable[[_Encoder, Any, int], Any]
    decoders: dict[str, Callable[[_Decoder, dict], Any]]


def _value(tag: str, types: type, to_json: Callable, from_json: Callable) -> _Kind:
    """Return a kind whose value is plain JSON."""
    return _Kind(
        types,
        lambda encoder, value, depth: {"t": tag, "v": to_json(value)},
        {tag: lambda decoder, data: from_json(data["v"])},
    )


def _items(tag: str, types: type | tuple[type, ...], decode: Callable, to_list: Callable = list) -> _Kind:
    """Return a kind whose value is a list of encoded values."""
    return _Kind(
        types,
        lambda encoder, value, depth: {"t": tag, "v": encoder.many(to_list(value), depth)},
        {tag: decode},
    )


def _base(base: type, plain: Callable) -> _Kind:
    """Return a kind for what extends a type that JSON has."""
    return _Kind(base, lambda encoder, value, depth: plain(value), {})


# The first kind that fits is used, so a type comes before its base type.
_KINDS = [
    _Kind(types.ModuleType, lambda e, value, depth: {"t": "module", "v": value.__name__},
          {"module": _decode_module}),
    _Kind(np.generic, _numpy_scalar, {"np": _decode_numpy_scalar}),
    _Kind(np.ndarray, _numpy_array, {"array": _decode_numpy_array}),
    _value("nat", type(pd.NaT), lambda value: None, lambda v: pd.NaT),
    _value("na", type(pd.NA), lambda value: None, lambda v: pd.NA),
    _Kind(pd.Timestamp, _timestamp, {"timestamp": _decode_timestamp}),
    _Kind(pd.Timedelta, _timedelta, {"pd-timedelta": _decode_pandas_timedelta}),
    _Kind(pd.Period, lambda e, value, depth: {"t": "period", "v": value.ordinal, "freq": value.freqstr},
          {"period": lambda d, data: pd.Period(
              ordinal=_small(data["v"]), freq=_matching(_FREQUENCY, data["freq"]))}),
    _Kind(pd.Interval, lambda e, value, depth: {
              "t": "interval", "v": e.many([value.left, value.right], depth), "closed": value.closed},
          {"interval": lambda d, data: pd.Interval(
              *d.many(data["v"]), closed=_matching(_CLOSED, data["closed"]))}),
    _Kind(pd.Index, _index, {
        "index": _decode_index, "rangeindex": _decode_range_index, "multiindex": _decode_multi_index}),
    _Kind(pd.Series, _series, {"series": _decode_series}),
    _Kind(pd.DataFrame, _frame, {"frame": _decode_frame}),
    _Kind(pd.api.extensions.ExtensionArray, lambda e, value, depth: e.encode(pd.Series(value), depth), {}),
    _Kind(dt.datetime, _datetime, {"datetime": _decode_datetime}),
    _value("date", dt.date, dt.date.isoformat, lambda v: dt.date.fromisoformat(_short(v))),
    _value("time", dt.time, lambda value: value.replace(tzinfo=None).isoformat(),
           lambda v: dt.time.fromisoformat(_short(v))),
    _value("timedelta", dt.timedelta, lambda value: [value.days, value.seconds, value.microseconds],
           lambda v: dt.timedelta(*map(_small, v))),
    _base(bool, bool),
    _base(str, str.__str__),
    _Kind(int, _int, {"int": lambda d, data: _from_hex(data["v"], _MOST_HEX)}),
    _base(float, float.__float__),
    _value("bytes", bytes, bytes.hex, bytes.fromhex),
    _value("bytearray", bytearray, lambda value: bytes(value).hex(), bytearray.fromhex),
    _value("complex", complex, lambda value: [value.real, value.imag], lambda v: complex(*map(float, v))),
    _value("decimal", decimal.Decimal, str, _to_decimal),
    _value("fraction", fractions.Fraction, lambda value: [hex(value.numerator), hex(value.denominator)],
           lambda v: fractions.Fraction(*(_from_hex(part, _MOST_RATIO_HEX) for part in v))),
    _Kind(pathlib.PurePath, _path, {
        "path": lambda d, data: ({"Path": pathlib.Path} | _PATHS)[data["kind"]](_short(data["v"]))}),
    _Kind(collections.deque, lambda e, value, depth: {
              "t": "deque", "v": e.many(list(value), depth), "maxlen": value.maxlen},
          {"deque": lambda d, data: collections.deque(d.many(data["v"]), data["maxlen"])}),
    _items("list", list, lambda d, data: d.many(data["v"])),
    _Kind(tuple, _tuple, {
        "tuple": lambda d, data: tuple(d.many(data["v"])), "namedtuple": _decode_namedtuple}),
    _items("set", set, _Decoder.set),
    _items("frozenset", frozenset, lambda d, data: frozenset(d.set(data))),
    _value("range", range, lambda value: [value.start, value.stop, value.step],
           lambda v: range(*map(_small, v))),
    _Kind(dict, _mapping, {
        "dict": _Decoder.pairs,
        "counter": lambda d, data: collections.Counter(d.pairs(data)),
        "ordereddict": lambda d, data: collections.OrderedDict(d.pairs(data)),
        "defaultdict": _decode_defaultdict}),
    _Kind(tuple(_MAPPINGS.values()), _other_mapping, {
        "mapping": lambda d, data: _MAPPINGS[data["kind"]](d.pairs(data))}),
    _Kind(array.array, lambda e, value, depth: {
              "t": "array-array", "v": e.many(value.tolist(), depth), "typecode": value.typecode},
          {"array-array": lambda d, data: array.array(_matching(_TYPECODE, data["typecode"]), data["v"])}),
    _items("keys", type({}.keys()), lambda d, data: {d.decode(key): None for key in data["v"]}.keys()),
    _items("values", type({}.values()), lambda d, data: dict(enumerate(d.many(data["v"]))).values()),
    _items("items", type({}.items()), lambda d, data: dict(map(d.decode, data["v"])).items()),
    _items("iterator", (*ITERATORS, collections.abc.Iterator), lambda d, data: iter(d.many(data["v"])),
           lambda value: islice(value, _MOST)),
]  # fmt: skip
_DECODERS = {tag: decode for kind in _KINDS for tag, decode in kind.decoders.items()} | {
    "function": _Decoder.call,
    "opaque": lambda decoder, data: decoder.opaque(data["name"]),
    "own": _Decoder.own,
}


def _short(text: Any) -> str:
    """Return a text that will be parsed, if it is short enough."""
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        raise CodecError("This is too long.")
    return text


def _matching(pattern: re.Pattern, text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise CodecError(f"{str(text)[:_MOST_NAME]} is not known here.")
    return text


def _small(number: Any) -> int:
    """Return a 64-bit integer."""
    number = int(number)
    if not -_SAFE < number < _SAFE:
        raise CodecError("This number is too large.")
    return number


def _from_hex(text: Any, most: int) -> int:
    if not isinstance(text, str) or len(text) > most:
        raise CodecError("This number is too large.")
    return int(text, 16)


@lru_cache(maxsize=256)
def _named(name: str, fields: tuple[str, ...]) -> type:
    """Return a class of named tuples, if every field has a plain name."""
    return collections.namedtuple(name, fields)
