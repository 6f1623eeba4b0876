import assert from "node:assert/strict";
import { stillSvg } from "./still_svg.ts";

Deno.test("stillSvg() keeps the drawing, and nothing that acts", () => {
  const check = (inside: string, expected: string) =>
    assert.equal(
      stillSvg(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`),
      `<svg xmlns="http://www.w3.org/2000/svg">${expected}</svg>`,
    );
  const drawing =
    '<defs><g id="a"/></defs><use href="#a"/><text x="1">a &lt; b</text>';
  check(drawing, drawing);
  check("<script>alert(1)</script><x:script>2</x:script>", "<g/><g/>");
  check('<rect onload="a()" ONCLICK="b()" x="1"/>', '<rect x="1"/>');
  check('<a href="java\nscript:a()"><text/></a>', "<a><text/></a>");
  check('<a xlink:href=" javascript:a()"/>', "<a/>");
  check(
    '<a><set attributeName="href" to="javascript:a()"/></a>',
    "<a><g/></a>",
  );
  check('<foreignObject><iframe src="x"/></foreignObject>', "<g/>");
  check('<image href="https://x.test/a.png"/>', "<image/>");
  check(
    '<image href="data:image/png;base64,AA=="/>',
    '<image href="data:image/png;base64,AA=="/>',
  );
});
