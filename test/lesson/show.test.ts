import {show} from "kernel-lib/lesson";
import {table} from "kernel-lib/plot";
import {describe, expect, it, vi} from "vitest";

const one = table([{zones: 2}], {caption: "One row"});
const scope = globalThis as {__tslab__?: unknown};

describe("show", () => {
  it("show() prints text in plain Node and refuses what cannot show itself", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    show(one);
    expect(log).toHaveBeenCalledWith("One row\nzones\n2");
    log.mockRestore();
    expect(() => show({} as never)).toThrow(TypeError);
    expect(() => show(undefined as never)).toThrow("Cannot show: need a figure or a table");
  });

  it("show() sends the whole bundle at once through tslab's hook, read at call time", () => {
    const sent: unknown[] = [];
    const jupyter: {lastWriteDisplayData: unknown} = {lastWriteDisplayData: null};
    scope.__tslab__ = {require: () => jupyter};
    jupyter.lastWriteDisplayData = (content: unknown) => sent.push(content);
    show(one);
    delete scope.__tslab__;
    expect(sent).toEqual([{data: one.mimeBundle(), metadata: {}, transient: {}}]);
  });

  it("show() falls back to tslab's public display where the hook is missing", () => {
    const html: string[] = [];
    scope.__tslab__ = {
      require: (id: string) => {
        if (id !== "tslab") throw new Error("Cannot find module");
        return {display: {html: (text: string) => html.push(text)}};
      },
    };
    show(one);
    delete scope.__tslab__;
    expect(html).toEqual([one.mimeBundle()["text/html"]]);
  });
});
