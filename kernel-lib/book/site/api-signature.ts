/** Declarations as a reader would type them, without their bodies. */
import {ReflectionKind} from "typedoc";
import type {DeclarationReflection, SignatureReflection, SomeType} from "typedoc";

/** Longest line of a signature, in characters. */
const WIDTH = 80;

/** The whole declaration of an export; overloads each on their own line. */
export function declarationText(item: DeclarationReflection): string {
  const generics = typeParameters(item.typeParameters);
  switch (item.kind) {
    case ReflectionKind.Function:
      return signatures(item, `function ${item.name}`);
    case ReflectionKind.Class:
      return block(`class ${item.name}${generics}${heritage(item)}`, item);
    case ReflectionKind.Interface:
      return block(`interface ${item.name}${generics}${heritage(item)}`, item);
    case ReflectionKind.TypeAlias:
      return `type ${item.name}${generics} = ${typeText(item)};`.replace("= \n", "=\n");
    default:
      return `const ${item.name}: ${typeText(item)};`;
  }
}

/** One member of a class or interface, as it stands in there; a method with all its overloads. */
export function memberText(member: DeclarationReflection): string {
  const {flags} = member;
  // TypeDoc leaves out what a well-known symbol belongs to.
  const name = member.name.replace(/^\[(?=\w)/, "[Symbol.");
  const before = `${flags.isStatic ? "static " : ""}${flags.isReadonly ? "readonly " : ""}`;
  if (member.kind === ReflectionKind.Constructor) return signatures(member, "constructor", false);
  if (member.kind === ReflectionKind.Accessor) {
    const type = member.getSignature?.type ?? member.setSignature?.parameters?.[0]?.type;
    return `${before}get ${name}(): ${shown(type, "void")};`;
  }
  const optional = flags.isOptional ? "?" : "";
  if (member.signatures !== undefined) return signatures(member, `${before}${name}${optional}`);
  return `${before}${name}${optional}: ${typeText(member)};`;
}

/** A type as the sources have it: what TypeScript fills in for the buffer says nothing. */
function shown(type: SomeType | undefined, otherwise = "unknown"): string {
  // TypeDoc shows a method within an object type as any.
  const members = type?.type === "reflection" ? type.declaration.children : undefined;
  if (members !== undefined) return `{ ${members.map(memberText).join(" ").slice(0, -1)} }`;
  return (type?.toString() ?? otherwise).replaceAll("<ArrayBufferLike>", "");
}

/** The members that a class or interface declares itself; for others see what it extends. */
export function ownMembers(item: DeclarationReflection): DeclarationReflection[] {
  const members = item.children ?? declaredObject(item)?.children ?? [];
  return members.filter(
    ({flags, inheritedFrom}) =>
      inheritedFrom === undefined && !flags.isExternal && !flags.isPrivate,
  );
}

function declaredObject({kind, type}: DeclarationReflection): DeclarationReflection | undefined {
  return kind === ReflectionKind.TypeAlias && type?.type === "reflection"
    ? type.declaration
    : undefined;
}

function block(head: string, item: DeclarationReflection): string {
  const calls = (item.signatures ?? []).map((one) => `${signature(one, "")};`);
  const indexed = (item.indexSignatures ?? []).map((one) => {
    const [key] = one.parameters ?? [];
    return `[${key?.name}: ${shown(key?.type)}]: ${shown(one.type)};`;
  });
  const lines = [...calls, ...indexed, ...ownMembers(item).map(memberText)];
  if (lines.length === 0) return `${head} {}`;
  return `${head} {\n${lines.map((line) => line.replace(/^/gm, "  ")).join("\n")}\n}`;
}

function heritage({kind, extendedTypes, implementedTypes}: DeclarationReflection): string {
  const list = (types: typeof extendedTypes): string => (types ?? []).map(String).join(", ");
  const bases = list(extendedTypes);
  const promises = kind === ReflectionKind.Class ? list(implementedTypes) : "";
  return (bases && ` extends ${bases}`) + (promises && ` implements ${promises}`);
}

function signatures(item: DeclarationReflection, head: string, hasResult = true): string {
  return (item.signatures ?? []).map((one) => `${signature(one, head, hasResult)};`).join("\n");
}

function signature(one: SignatureReflection, head: string, hasResult = true): string {
  const result = hasResult ? `: ${shown(one.type, "void")}` : "";
  // A constructor has the type parameters of its class.
  const generics = one.kind === ReflectionKind.ConstructorSignature ? [] : one.typeParameters;
  const start = `${head}${typeParameters(generics)}`;
  const parameters = (one.parameters ?? []).map((parameter) => {
    const {name, flags, defaultValue, type} = parameter;
    const optional = flags.isOptional || defaultValue !== undefined ? "?" : "";
    const rest = flags.isRest ? "..." : "";
    return `${rest}${name}${optional}: ${shown(type)}`;
  });
  const line = `${start}(${parameters.join(", ")})${result}`;
  if (line.length <= WIDTH || parameters.length === 0) return line;
  return `${start}(\n${parameters.map((one) => `  ${one},`).join("\n")}\n)${result}`;
}

function typeParameters(parameters: DeclarationReflection["typeParameters"]): string {
  if (parameters === undefined || parameters.length === 0) return "";
  const texts = parameters.map(({name, type, default: otherwise}) => {
    const bound = type === undefined ? "" : ` extends ${shown(type)}`;
    return `${name}${bound}${otherwise === undefined ? "" : ` = ${shown(otherwise)}`}`;
  });
  return `<${texts.join(", ")}>`;
}

/** The type of a value or alias; an object with its members, a long union over several lines. */
function typeText(item: DeclarationReflection): string {
  const object = declaredObject(item);
  if (object?.children !== undefined) return block("", object).trimStart();
  const {type} = item;
  if (type?.type !== "union") return shown(type);
  const line = type.toString();
  const hasMembers = type.types.some(
    (part) => part.type === "reflection" && part.declaration.children !== undefined,
  );
  if (line.length > WIDTH) return type.types.map((part) => `\n  | ${shown(part)}`).join("");
  return hasMembers ? type.types.map((part) => shown(part)).join(" | ") : shown(type);
}
