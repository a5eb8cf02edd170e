/**
 * The few members of WebAssembly's JavaScript interface that we use (W3C, "WebAssembly JavaScript
 * Interface", §5). Declared here, since neither tslab nor our own compiler loads the browser's types.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A compiled module; nothing of it is read. */
export type WasmModule = object;

interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Memory: new (pages: {initial: number; maximum: number}) => WasmMemory;
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (
    module: WasmModule,
    imports: Record<string, Record<string, WasmMemory>>,
  ) => {readonly exports: Record<string, unknown>};
}

/** `undefined` where the host has none. */
export const webAssembly: WebAssemblyApi | undefined = (
  globalThis as {WebAssembly?: WebAssemblyApi}
).WebAssembly;
