import assert from "node:assert/strict";
import { DISPLAY, timeline } from "../mod.ts";
import { findFigureProgram } from "./figure_program.ts";
import { renderLiveOutput } from "./live.ts";

const shown = timeline([
  {
    lane: "</script><b>",
    kind: "main",
    state: "running",
    startMs: 0,
    endMs: 9,
  },
]) as unknown as { [DISPLAY]: () => Promise<Record<string, string>> };
const html = (await shown[DISPLAY]())["text/html"]!;

Deno.test("findFigureProgram() gives our program with the figure's data, and nothing of the figure's own", () => {
  const program = findFigureProgram(html)!;
  assert.equal(program.split("</script>").length, 3);
  const data = /id="skein-scene">(.*?)<\/script>/.exec(program)![1]!;
  assert.equal(JSON.parse(data).lanes[0].name, "</script><b>");
});

Deno.test("findFigureProgram() knows no other program", () => {
  for (
    const other of [
      html.replace("const SCENE=", "alert(1);const SCENE="),
      html.replace("const SCENE={", "const SCENE={x:alert(1),"),
      html.replace("})();</script>", "alert(1)})();</script>"),
      html.replace("<script>", "<script src=x>"),
    ]
  ) {
    assert.notEqual(other, html);
    assert.equal(findFigureProgram(other), null);
  }
});

Deno.test("renderLiveOutput() shows a figure in a frame of its own", () => {
  const draw = (text: string) =>
    renderLiveOutput({
      output_type: "display_data",
      data: { "text/html": text },
      metadata: {},
    });
  assert.match(draw(html), /<iframe class="frame" sandbox="allow-scripts"/);
  // Without a program that is known it is words around an image.
  const changed = draw(html.replace("const SCENE=", "alert(1);const SCENE="));
  assert.doesNotMatch(changed, /iframe|alert/);
});
