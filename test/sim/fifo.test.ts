import fc from "fast-check";
import {expect, it} from "vitest";
import {Fifo} from "../../kernel-lib/sim/fifo.js";

it("Fifo does what an array does, in any order of calls", () => {
  const call = fc.tuple(
    fc.constantFrom("push", "shift", "shift", "unshift", "remove", "insert"),
    fc.nat(9),
  );
  fc.assert(
    fc.property(fc.array(call, {maxLength: 300}), (calls) => {
      const fifo = new Fifo<number>();
      let twin: number[] = [];
      for (const [name, item] of calls) {
        if (name === "push") {
          fifo.push(item);
          twin.push(item);
        } else if (name === "unshift") {
          fifo.unshift(item);
          twin.unshift(item);
        } else if (name === "shift") expect(fifo.shift()).toBe(twin.shift());
        else if (name === "remove") {
          const at = twin.indexOf(item);
          expect(fifo.remove(item)).toBe(at >= 0);
          twin = twin.filter((_, index) => index !== at);
        } else {
          fifo.insert(item, (one, other) => one < other);
          let at = twin.length;
          while (at > 0 && twin[at - 1]! > item) at--;
          twin.splice(at, 0, item);
        }
        expect(fifo.toArray()).toEqual(twin);
        expect(fifo.length).toBe(twin.length);
      }
    }),
  );
});
