/**
 * The Python side of values on their way: the text of `_skein_values.py`.
 *
 * Its twin in JavaScript is `values.ts`, where the form is described. Pure: a
 * text, which `process.ts` sends to the interpreter.
 * @module
 */

/** A Python module with `encode()`, to plain JSON, and `decode()`, back. */
export const VALUES_MODULE: string = String.raw`
"""Values that JSON has no form for, such as bytes, in a form that it has."""
import binascii

MAX_SAFE = 2 ** 53 - 1


def encode(value):
    try:
        return _encode(value)
    except RecursionError:
        raise ValueError(
            "Cannot hand value to JavaScript: it contains itself, or is nested too deep, "
            "expected a tree"
        ) from None


def _encode(value):
    if value is None or value is True or value is False or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value) if -MAX_SAFE <= value <= MAX_SAFE else {"i": hex(value)}
    if isinstance(value, float):
        finite = value == value and value not in (float("inf"), float("-inf"))
        return float(value) if finite else {"f": repr(float(value))}
    if isinstance(value, (list, tuple)):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {"o": {key: _encode(item) for key, item in value.items()}}
        return {"m": [[_encode(key), _encode(item)] for key, item in value.items()]}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b": binascii.b2a_base64(bytes(value), newline=False).decode("ascii")}
    if isinstance(value, (set, frozenset)):
        return {"s": [_encode(item) for item in value]}
    # Arrays and numbers of NumPy and its kin.
    if callable(getattr(value, "tolist", None)) and not isinstance(value, type):
        return _encode(value.tolist())
    raise TypeError(
        "Cannot hand value to JavaScript: it is of class "
        + type(value).__qualname__
        + ", expected None, bool, int, float, str, bytes, list, tuple, set or dict"
    )


def decode(form):
    if isinstance(form, list):
        return [decode(item) for item in form]
    if not isinstance(form, dict):
        return form
    ((kind, content),) = form.items()
    if kind == "o":
        return {key: decode(item) for key, item in content.items()}
    if kind == "m":
        return {_freeze(decode(key)): decode(item) for key, item in content}
    if kind == "s":
        return {_freeze(decode(item)) for item in content}
    if kind == "b":
        return binascii.a2b_base64(content)
    return int(content, 16) if kind == "i" else float(content)


def _freeze(value):
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value
`;
