import {join} from "node:path";
import {Application, Converter, Logger, LogLevel, ReferenceReflection} from "typedoc";
import {SignatureReflection} from "typedoc";
import type {DeclarationReflection, ProjectReflection} from "typedoc";
import type {ApiArea} from "./api-areas.js";

/** Under this tag a signature's docstring has its `@param`s, each with a name. */
export const PARAMETER_TAG = "@parameter";
/** Before TypeDoc's own listeners. */
const FIRST = 1000;

/** What one area exports, by name. */
export interface ApiModule {
  area: ApiArea;
  exports: DeclarationReflection[];
}

/**
 * Reads the sources with TypeDoc, all areas in one program. Entry points are listed one by one:
 * given a pattern that finds nothing, TypeDoc would report success.
 *
 * @param library the folder kernel-lib
 * @throws Error if TypeDoc reports an error or leaves an area out
 */
export async function readApi(library: string, areas: readonly ApiArea[]): Promise<ApiModule[]> {
  const app = await Application.bootstrap({
    entryPoints: areas.map(({index}) => index),
    tsconfig: join(library, "tsconfig.json"),
    excludePrivate: true,
    excludeProtected: true,
    excludeExternals: true,
    // Types are checked by the build.
    skipErrorChecking: true,
    // Members in the order in which their author put them.
    sort: ["source-order"],
    disableGit: true,
    // A link is made from the file's path, by whoever knows where the repository lies.
    sourceLinkTemplate: "{path}",
    readme: "none",
    logLevel: LogLevel.None,
  });
  const errors = new CollectedErrors();
  app.logger = errors;
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({project}) => keepParameterTags(project), FIRST);
  const project = await app.convert();
  if (project === undefined || errors.messages.length > 0) {
    throw new Error(`Cannot read the library: TypeDoc says ${errors.messages.join("; ")}`);
  }
  return areas.map((area) => {
    const module = project.children?.find(
      ({sources}) => sources?.[0] !== undefined && samePath(sources[0].fullFileName, area.index),
    );
    if (module === undefined) throw new Error(`Cannot read ${area.name}: TypeDoc left it out`);
    const exports = [...(module.children ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    return {area, exports};
  });
}

/**
 * TypeDoc would hand `@param` tags to parameters by name and by place. A parameter that is taken
 * apart in the source has no name, and one tag for each of its properties: so tags stay with the
 * signature, as PARAMETER_TAG, and such a parameter is called "options".
 */
function keepParameterTags(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    if (!(reflection instanceof SignatureReflection)) continue;
    for (const tag of reflection.comment?.blockTags ?? []) {
      if (tag.tag === "@param") tag.tag = PARAMETER_TAG;
    }
    const takenApart = (reflection.parameters ?? []).filter(({name}) =>
      name.startsWith("__namedParameters"),
    );
    takenApart.forEach((parameter, index) => {
      parameter.name = index === 0 ? "options" : `options${index + 1}`;
    });
  }
}

/** What an export stands for: itself, or what another area documents. */
export function documentedAs(exported: DeclarationReflection): DeclarationReflection {
  if (!(exported instanceof ReferenceReflection)) return exported;
  return exported.getTargetReflectionDeep() as DeclarationReflection;
}

class CollectedErrors extends Logger {
  readonly messages: string[] = [];

  override log(message: string, level: LogLevel): void {
    if (level === LogLevel.Error) this.messages.push(message);
  }
}

function samePath(a: string, b: string): boolean {
  return a.replaceAll("\\", "/") === b.replaceAll("\\", "/");
}
