"""jupyter_kernel_test with every check switched on, against the installed kernel."""

import unittest

import jupyter_kernel_test as jkt


class SkeinKernelTests(jkt.KernelTests):
    kernel_name = "skein"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    code_page_something = "await Deno.jupyter.page('a long text')"
    completion_samples = [
        {"text": "Math.flo", "matches": ["floor"]},
        {"text": "'abc'.toUpp", "matches": ["toUpperCase"]},
    ]
    complete_code_samples = ["1", "const a = 1;", "function f() { return 1 }"]
    incomplete_code_samples = ["function f() {", "const s = `abc", "[1,", "/* a"]
    invalid_code_samples = ["const = 7q", "let 5 = a)"]
    code_generate_error = "throw new RangeError('x')"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "'a' + 'b'", "result": '"ab"'},
        {"code": "[1, 2]", "result": "[ 1, 2 ]"},
        {"code": "null", "result": "null"},
        {"code": "-0", "result": "-0"},
        {"code": "10n", "result": "10n"},
    ]
    code_display_data = [
        {
            "code": "await Deno.jupyter.display(Deno.jupyter.html`<b>x</b>`)",
            "mime": "text/html",
        },
        {
            "code": "import { svg, display } from 'skein'; await display(svg`<svg/>`)",
            "mime": "image/svg+xml",
        },
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1?+?2*"
    code_inspect_sample = "Math.max"
    code_clear_output = "await Deno.jupyter.broadcast('clear_output', {})"


class SkeinWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "skein"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
