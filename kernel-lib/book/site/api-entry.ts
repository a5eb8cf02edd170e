import {makeRecursiveVisitor, ReflectionKind} from "typedoc";
import type {DeclarationReflection, ReferenceType, SomeType, TypeVisitor} from "typedoc";
import {escapeHtml} from "../../plot/index.js";
import {SITE_STRINGS} from "../strings.js";
import {codeBlock, partsHtml, summaryHtml} from "./api-docstring.js";
import type {Rendering} from "./api-docstring.js";
import {documentedAs} from "./api-model.js";
import {declarationText, memberText, ownMembers} from "./api-signature.js";

/** What an entry needs to know of the rest of the book. */
export interface EntryContext extends Rendering {
  /** The address of an export's entry, from this page, and its import path; undefined if it has none. */
  entryLink(item: DeclarationReflection): {href: string; importPath: string} | undefined;
  /** The address of a source file, its path and line; undefined if there is none. */
  sourceLink(item: DeclarationReflection): {text: string; href: string | undefined} | undefined;
  /** Gives an id that is free on the page. */
  takeId(wish: string): string;
}

const WORDS = SITE_STRINGS.api;

const KINDS: Partial<Record<ReflectionKind, string>> = {
  [ReflectionKind.Function]: WORDS.function,
  [ReflectionKind.Class]: WORDS.class,
  [ReflectionKind.Interface]: WORDS.interface,
  [ReflectionKind.TypeAlias]: WORDS.type,
};

/** One export: what it is, how it is declared, what its docstring says, where it is written. */
export function entryHtml(exported: DeclarationReflection, context: EntryContext): string {
  const item = documentedAs(exported);
  const heading = `<h3 id="${escapeHtml(exported.name)}"><code>${escapeHtml(exported.name)}</code></h3>`;
  const kind = KINDS[item.kind] ?? WORDS.value;
  const elsewhere = item === exported ? undefined : context.entryLink(item);
  if (elsewhere !== undefined) {
    const link = `<a href="${elsewhere.href}">${elsewhere.importPath}</a>`;
    return `${heading}\n<p class="kind">${kind}</p>\n<p>${WORDS.same} ${link}.</p>`;
  }
  const parts = [
    heading,
    `<p class="kind">${kind}${sourceHtml(item, context)}</p>`,
    codeBlock(declarationText(item), "signature", context),
    usesHtml(item, context),
    docstringHtml(item, context),
    membersHtml(exported.name, item, context),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** A function's docstring belongs to its signatures, that of anything else to itself. */
function docstringHtml(item: DeclarationReflection, rendering: Rendering): string {
  const signed = (item.signatures ?? []).flatMap(({comment}) => comment ?? []);
  const comments = signed.length > 0 ? signed : [item.comment];
  return comments.map((one) => summaryHtml(one, rendering) + partsHtml(one, rendering)).join("\n");
}

/** Members that have something to say: properties as a list, methods under headings. */
function membersHtml(name: string, item: DeclarationReflection, context: EntryContext): string {
  const members = ownMembers(item);
  const isCallable = (member: DeclarationReflection): boolean => member.signatures !== undefined;
  const values = members.filter((member) => !isCallable(member) && commentOf(member) !== undefined);
  const list = values.map(
    (member) =>
      `<dt><code>${escapeHtml(member.name)}</code></dt>\n` +
      `<dd>${summaryHtml(commentOf(member), context)}</dd>`,
  );
  const methods = members.filter(isCallable).filter((member) => {
    return member.signatures!.some(({comment}) => comment !== undefined);
  });
  const sections = methods.map((member) => {
    const isConstructor = member.kind === ReflectionKind.Constructor;
    const title = isConstructor ? `new ${name}` : `${name}.${member.name}`;
    const id = context.takeId(isConstructor ? `${name}.constructor` : title);
    return [
      `<h4 id="${escapeHtml(id)}"><code>${escapeHtml(title)}</code></h4>`,
      codeBlock(
        memberText(member).replace(/^constructor\b/gm, `new ${name}`),
        "signature",
        context,
      ),
      docstringHtml(member, context),
    ].join("\n");
  });
  const described = list.length > 0 ? [`<dl class="members">\n${list.join("\n")}\n</dl>`] : [];
  return [...described, ...sections].join("\n");
}

function commentOf(member: DeclarationReflection): DeclarationReflection["comment"] {
  return member.comment ?? member.getSignature?.comment;
}

function sourceHtml(item: DeclarationReflection, context: EntryContext): string {
  const source = context.sourceLink(item);
  if (source === undefined) return "";
  const text = escapeHtml(source.text);
  const link =
    source.href === undefined ? text : `<a href="${escapeHtml(source.href)}">${text}</a>`;
  return ` · ${WORDS.source}: ${link}`;
}

/** Links to the exports that a declaration names. */
function usesHtml(item: DeclarationReflection, context: EntryContext): string {
  const links = new Map<string, string>();
  const visitor: TypeVisitor = makeRecursiveVisitor({
    reference: ({reflection, name}: ReferenceType) => {
      if (reflection === undefined || reflection === item) return;
      const entry = context.entryLink(reflection as DeclarationReflection);
      if (entry !== undefined) links.set(entry.href, name);
    },
    reflection: ({declaration}) => typesOf(declaration).forEach((type) => type?.visit(visitor)),
  });
  typesOf(item).forEach((type) => type?.visit(visitor));
  if (links.size === 0) return "";
  const shown = [...links].map(
    ([href, name]) => `<a href="${escapeHtml(href)}"><code>${escapeHtml(name)}</code></a>`,
  );
  return `<p class="uses">${WORDS.uses}: ${shown.join(", ")}.</p>`;
}

function typesOf(item: DeclarationReflection): (SomeType | undefined)[] {
  const signatures = [
    ...(item.signatures ?? []),
    ...(item.getSignature ? [item.getSignature] : []),
  ];
  return [
    item.type,
    ...(item.extendedTypes ?? []),
    ...signatures.flatMap((one) => [one.type, ...(one.parameters ?? []).map(({type}) => type)]),
    ...ownMembers(item).flatMap(typesOf),
  ];
}
