/** Opens public entry points in tslab's own compiler and walks their types. */
import {createRequire} from "node:module";
import {join} from "node:path";
import type TypeScript from "typescript";

/** One export, as far as a cell needs to know it. */
export interface Declared {
  name: string;
  kind: "function" | "class" | "value";
  /** Public methods of a class. */
  methods: string[];
}

export interface CheckerModule {
  version: string;
  exportsOf(entryPoint: string): Declared[];
  /** Where a type is `any`, as paths such as "zoneLoss()[].code". */
  anyIn(entryPoint: string): string[];
  /** The same for a module given as text. */
  anyInSource(text: string): string[];
}

const tslabRequire = createRequire(createRequire(import.meta.url).resolve("tslab"));
/** TypeScript 5.0.4; its interface is the one of the newer package, as far as it is used here. */
const ts = tslabRequire("@tslab/typescript-for-tslab") as typeof TypeScript;

/** @param folder of the notebooks: tslab resolves imports from there */
export function openChecker(entryPoints: readonly string[], folder: string): CheckerModule {
  const file = join(folder, "__types__.ts");
  const lines = entryPoints.map(
    (path, index) => `import * as m${index} from "${path}"; m${index};`,
  );
  const {checker, source} = open(file, lines.join("\n"));
  const moduleOf = (entryPoint: string): TypeScript.Symbol => {
    const statement = source.statements[
      2 * entryPoints.indexOf(entryPoint)
    ] as TypeScript.ImportDeclaration;
    const symbol = checker.getSymbolAtLocation(statement.moduleSpecifier);
    if (symbol === undefined) throw new Error(`tslab's checker does not find ${entryPoint}`);
    return symbol;
  };
  const values = (module: TypeScript.Symbol): TypeScript.Symbol[] =>
    checker.getExportsOfModule(module).map((symbol) => resolveAlias(checker, symbol));
  return {
    version: ts.version,
    exportsOf: (entryPoint) =>
      values(moduleOf(entryPoint))
        .filter((symbol) => symbol.flags & ts.SymbolFlags.Value)
        .map((symbol) => declared(checker, symbol, source)),
    anyIn: (entryPoint) =>
      values(moduleOf(entryPoint)).flatMap((symbol) =>
        new AnyFinder(checker, source).inExport(symbol),
      ),
    anyInSource: (text) => {
      const other = open(join(folder, "__probe__.ts"), text);
      const module = other.checker.getSymbolAtLocation(other.source)!;
      return other.checker
        .getExportsOfModule(module)
        .flatMap((symbol) => new AnyFinder(other.checker, other.source).inExport(symbol));
    },
  };
}

/** The options of tslab's converter (converter.js, createConverter). */
function open(
  file: string,
  text: string,
): {checker: TypeScript.TypeChecker; source: TypeScript.SourceFile} {
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
      : read(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return {checker: program.getTypeChecker(), source: program.getSourceFile(file)!};
}

function resolveAlias(
  checker: TypeScript.TypeChecker,
  symbol: TypeScript.Symbol,
): TypeScript.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function declared(
  checker: TypeScript.TypeChecker,
  symbol: TypeScript.Symbol,
  at: TypeScript.Node,
): Declared {
  const type = checker.getTypeOfSymbolAtLocation(symbol, at);
  const [construct] = type.getConstructSignatures();
  const methods = (construct?.getReturnType().getProperties() ?? [])
    .filter((property) => property.flags & ts.SymbolFlags.Method && /^\w+$/.test(property.name))
    .filter((property) => !isPrivate(property))
    .map((property) => property.name);
  const kind = construct ? "class" : type.getCallSignatures().length > 0 ? "function" : "value";
  return {name: symbol.name, kind, methods};
}

/** Private or protected: out of a cell's reach. */
function isPrivate(symbol: TypeScript.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (symbol.declarations ?? []).some(
    (node) => ts.getCombinedModifierFlags(node as TypeScript.Declaration) & hidden,
  );
}

/** Walks every type reachable from an export, through our own declarations only. */
class AnyFinder {
  private readonly seen = new Set<TypeScript.Type>();
  private readonly found: string[] = [];
  private readonly checker: TypeScript.TypeChecker;
  private readonly at: TypeScript.Node;

  constructor(checker: TypeScript.TypeChecker, at: TypeScript.Node) {
    this.checker = checker;
    this.at = at;
  }

  inExport(symbol: TypeScript.Symbol): string[] {
    const isType = symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias);
    const type = isType
      ? this.checker.getDeclaredTypeOfSymbol(symbol)
      : this.checker.getTypeOfSymbolAtLocation(symbol, this.at);
    this.walk(type, symbol.name);
    return this.found;
  }

  private walk(type: TypeScript.Type, path: string): void {
    if (type.flags & ts.TypeFlags.Any) this.found.push(path);
    if (this.seen.has(type)) return;
    this.seen.add(type);
    if (type.isUnionOrIntersection()) type.types.forEach((part) => this.walk(part, path));
    for (const argument of this.checker.getTypeArguments(type as TypeScript.TypeReference)) {
      this.walk(argument, `${path}[]`);
    }
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      this.walk(signature.getReturnType(), `${path}()`);
      for (const parameter of signature.getParameters()) {
        this.walk(
          this.checker.getTypeOfSymbolAtLocation(parameter, this.at),
          `${path}(${parameter.name})`,
        );
      }
    }
    for (const property of type.getProperties()) {
      if (!isOurs(property) || isPrivate(property)) continue;
      this.walk(
        this.checker.getTypeOfSymbolAtLocation(property, this.at),
        `${path}.${property.name}`,
      );
    }
  }
}

/** Declared by us, and not by TypeScript's library or a package. */
function isOurs(symbol: TypeScript.Symbol): boolean {
  return (symbol.declarations ?? []).some((node) => {
    const {fileName} = node.getSourceFile();
    return /kernel-lib\/dist\//.test(fileName) || /__probe__/.test(fileName);
  });
}
