import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** What a program loads, sooner or later. */
export interface Loaded {
  /** From the root. */
  files: Set<string>;
  packages: Set<string>;
}

/**
 * @param entry a file from the root
 * @param isLeftOut such files are not followed
 */
export function loadedBy(entry: string, isLeftOut: (path: string) => boolean): Loaded {
  const loaded: Loaded = { files: new Set(), packages: new Set() };
  follow(join(root, entry), loaded, isLeftOut);
  return loaded;
}

function follow(file: string, loaded: Loaded, isLeftOut: (path: string) => boolean): void {
  const path = relative(root, file);
  if (loaded.files.has(path) || isLeftOut(path)) return;
  loaded.files.add(path);
  if (!file.endsWith('.ts')) return;
  for (const name of importsOf(readFileSync(file, 'utf8'))) {
    if (name.startsWith('.')) follow(join(dirname(file), name), loaded, isLeftOut);
    else if (!name.startsWith('node:')) loaded.packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  }
}

/** Types are none: they are stripped before a program runs. */
function importsOf(source: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) names.push(textOf(node.moduleSpecifier));
    if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier)
      names.push(textOf(node.moduleSpecifier));
    const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    if (isDynamic && node.arguments[0]) names.push(textOf(node.arguments[0]));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('', source, ts.ScriptTarget.Latest));
  return names.filter((name) => name !== '');
}

const textOf = (node: ts.Expression): string => (ts.isStringLiteral(node) ? node.text : '');
