import type {Step, StraightLine} from "./straight-line.js";

/** Bytes that one turn of the emitted loop handles in each shard. */
export const TURN_BYTES = 32;
const VECTOR_BYTES = 16;
/** `measured`: with more, values of two lanes no longer fit into sixteen registers. */
const MOST_INPUTS_TOGETHER = 7;

const I32 = 0x7f;
const V128 = 0x7b;

/**
 * The bytes of a WebAssembly module that runs one straight-line program on 16 bytes at once.
 *
 * It imports the memory `m.m` and exports `f(length, address of each input …, of each output …)`,
 * which works on `length` bytes rounded up to TURN_BYTES: what follows a shard must be padding.
 * Written by hand, since a module is a few hundred bytes: sections of type, import, function,
 * export and code (WebAssembly core specification 2.0, §5.5), vector instructions of §5.4.8.
 */
export function wasmModule(program: StraightLine): Uint8Array {
  const parameters = 1 + program.inputs + program.outputs.length;
  const type = [0x60, ...unsigned(parameters), ...new Array<number>(parameters).fill(I32), 0];
  const memory = [1, 0x6d, 1, 0x6d, 0x02, 0x00, 0x00];
  const body = functionBody(program, parameters);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, ...type]),
    ...section(2, [1, ...memory]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0x00, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

/** Locals after the parameters: the offset, the constant 0x1d…, zero, then one per value and lane. */
function functionBody(program: StraightLine, parameters: number): number[] {
  const lanes = TURN_BYTES / VECTOR_BYTES;
  const values = program.inputs + program.steps.length;
  const offset = parameters;
  const reduction = offset + 1;
  const zero = offset + 2;
  const local = (value: number, lane: number): number => zero + 1 + lane * values + value;
  const address = (pointer: number): number[] => [...get(pointer), ...get(offset), 0x6a];
  const code: number[] = [];
  code.push(...vectorConstant(0x1d), 0x21, ...unsigned(reduction));
  code.push(...vectorConstant(0), 0x21, ...unsigned(zero));
  // block { br_if 0 (length == 0); loop { … br_if 0 (offset < length) } }
  code.push(0x02, 0x40, ...get(0), 0x45, 0x0d, 0, 0x03, 0x40);
  const step = ({doubled, terms}: Step, index: number, lane: number): void => {
    const parts = terms.map((term) => get(local(term, lane)));
    // Last, since Horner's chain of doublings is what the processor waits for: the terms are
    // added up while the step before is still under way (measured: 1.1 to 1.3 times the speed).
    if (doubled >= 0) parts.push(...doubling(local(doubled, lane), reduction, zero));
    if (parts.length === 0) parts.push(get(zero));
    code.push(...parts[0]!);
    for (const part of parts.slice(1)) code.push(...part, 0xfd, ...unsigned(0x51));
    code.push(0x21, ...unsigned(local(program.inputs + index, lane)));
  };
  for (const group of laneGroups(program, lanes)) {
    for (const lane of group) {
      for (let input = 0; input < program.inputs; input++) {
        code.push(...address(1 + input), 0xfd, 0x00, 4, ...unsigned(lane * VECTOR_BYTES));
        code.push(0x21, ...unsigned(local(input, lane)));
      }
    }
    program.steps.forEach((each, index) => group.forEach((lane) => step(each, index, lane)));
    for (const lane of group) {
      program.outputs.forEach((value, output) => {
        code.push(...address(1 + program.inputs + output), ...get(local(value, lane)));
        code.push(0xfd, 0x0b, 4, ...unsigned(lane * VECTOR_BYTES));
      });
    }
  }
  code.push(...get(offset), 0x41, TURN_BYTES, 0x6a, 0x22, ...unsigned(offset));
  code.push(...get(0), 0x49, 0x0d, 0, 0x0b, 0x0b, 0x0b);
  return [2, 1, I32, ...unsigned(2 + lanes * values), V128, ...code];
}

/**
 * Which lanes go through the program step by step together: all, where their registers suffice and
 * doublings are many, so that one lane works while the other waits (`measured`: 1.1 to 1.2 times the
 * speed for two and three lost shards of up to seven); else one after the other.
 */
function laneGroups({inputs, steps}: StraightLine, lanes: number): number[][] {
  const all = Array.from({length: lanes}, (_, lane) => lane);
  const doublings = steps.filter(({doubled}) => doubled >= 0).length;
  return inputs <= MOST_INPUTS_TOGETHER && doublings >= inputs ? [all] : all.map((lane) => [lane]);
}

/**
 * 2 · x in every byte, as two summands: x + x, and the polynomial where the top bit was set (x < 0 as
 * signed).
 */
function doubling(x: number, reduction: number, zero: number): [number[], number[]] {
  const shifted = [...get(x), ...get(x), 0xfd, ...unsigned(0x6e)];
  const overflow = [...get(x), ...get(zero), 0xfd, ...unsigned(0x25)];
  return [shifted, [...overflow, ...get(reduction), 0xfd, ...unsigned(0x4e)]];
}

function get(local: number): number[] {
  return [0x20, ...unsigned(local)];
}

function vectorConstant(byte: number): number[] {
  return [0xfd, 0x0c, ...new Array<number>(VECTOR_BYTES).fill(byte)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** LEB128, §5.2.2. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}
