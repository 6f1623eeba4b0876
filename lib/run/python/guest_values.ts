/**
 * The Python side of values on their way: the text of `_skein_values.py`.
 *
 * Its twin in JavaScript is `structured_text.ts`, which describes the form. Pure: a
 * text, which `process.ts` sends to the interpreter.
 * @module
 */

/** A Python module with `encode()`, to plain JSON, and `decode()`, back. */
export const VALUES_MODULE: string = String.raw`
"""Values that JSON has no form for, such as bytes, in a form that it has."""
import binascii
import json

MAX_SAFE = 2 ** 53 - 1
# Typed arrays that become lists, by the letters of Python's struct.
CODES = {
    "Uint8ClampedArray": "B",
    "Int8Array": "b",
    "Int16Array": "h",
    "Uint16Array": "H",
    "Int32Array": "i",
    "Uint32Array": "I",
    "Float32Array": "f",
    "Float64Array": "d",
    "BigInt64Array": "q",
    "BigUint64Array": "Q",
}


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
        return int(value) if -MAX_SAFE <= value <= MAX_SAFE else ["bigint", hex(value)]
    if isinstance(value, float):
        # What JSON has no form for is written as JavaScript reads it.
        text = json.dumps(float(value))
        return ["number", text] if text[-1] in "yN" else float(value)
    if isinstance(value, (list, tuple)):
        return ["array", [_encode(item) for item in value]]
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: _encode(item) for key, item in value.items()}
        return ["map", [_encode(part) for pair in value.items() for part in pair]]
    if isinstance(value, (bytes, bytearray, memoryview)):
        content = binascii.b2a_base64(bytes(value), newline=False)
        return ["Uint8Array", content.decode("ascii")]
    if isinstance(value, (set, frozenset)):
        return ["set", [_encode(item) for item in value]]
    # Arrays and numbers of NumPy and its kin.
    if callable(getattr(value, "tolist", None)) and not isinstance(value, type):
        return _encode(value.tolist())
    raise TypeError(
        "Cannot hand value to JavaScript: it is of class "
        + type(value).__qualname__
        + ", expected None, bool, int, float, str, bytes, list, tuple, set or dict"
    )


def decode(form):
    if isinstance(form, dict):
        return {key: decode(item) for key, item in form.items()}
    if not isinstance(form, list):
        return form
    kind, content = form[0], form[-1]
    if kind == "undefined":
        return None
    if kind == "bigint":
        return int(content, 16)
    if kind == "number":
        return float(content)
    if kind == "date":
        import datetime

        return datetime.datetime.fromtimestamp(decode(content) / 1000, datetime.timezone.utc)
    if kind in ("array", "set", "map"):
        items = [decode(item) for item in content]
        if kind == "array":
            return items
        keys = [_freeze(item) for item in items]
        return set(keys) if kind == "set" else dict(zip(keys[::2], items[1::2]))
    memory = memoryview(binascii.a2b_base64(content))
    code = CODES.get(kind)
    return bytes(memory) if code is None else memory.cast(code).tolist()


def _freeze(value):
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value
`;
