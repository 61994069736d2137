import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Source files under a root that are made and changed together: nothing is written unless every step could be done. */
export class SourceTree {
  private readonly texts = new Map<string, string>();

  constructor(private readonly root: string) {}

  /** Paths of what was made or changed, in that order. */
  get paths(): string[] {
    return [...this.texts.keys()];
  }

  /** @throws Error when there is such a file already. */
  create(path: string, text: string): void {
    if (this.texts.has(path) || existsSync(join(this.root, path))) throw new Error(`${path} is there already`);
    this.texts.set(path, text);
  }

  /** @throws Error when a source of the folder, or of one below it, states what is to be new. */
  assertNew(folder: string, stated: string): void {
    for (const path of readdirSync(join(this.root, folder), { recursive: true, encoding: 'utf8' })) {
      const at = join(folder, path);
      if (path.endsWith('.ts') && readFileSync(join(this.root, at), 'utf8').includes(stated))
        throw new Error(`${stated} is in ${at} already`);
    }
  }

  /** @throws Error when the file has not what the change looks for. */
  edit(path: string, change: (text: string) => string | null): void {
    const text = this.texts.get(path) ?? readFileSync(join(this.root, path), 'utf8');
    const changed = change(text);
    if (changed === null) throw new Error(`${path} does not look as expected: follow docs/recipes by hand`);
    this.texts.set(path, changed);
  }

  /** Writes everything, in the project's format. */
  save(): void {
    for (const [path, text] of this.texts) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    const prettier = join(this.root, 'node_modules/prettier/bin/prettier.cjs');
    execFileSync(process.execPath, [prettier, '--write', '--log-level', 'warn', ...this.paths], { cwd: this.root });
  }
}

/** Adds an import below the last one. */
export function withImport(text: string, line: string): string | null {
  const ends = [...text.matchAll(/^(?:import .*|\} )from '[^']+';$/gm)];
  const last = ends.at(-1);
  if (last === undefined) return null;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}

/** Adds an item at the end of the array or object literal that `opening` begins. */
export function withItem(text: string, opening: string, item: string): string | null {
  const start = text.indexOf(opening);
  if (start < 0 || !/[[{]$/.test(opening)) return null;
  let depth = 0;
  for (let i = start + opening.length - 1; i < text.length; i++) {
    if ('[({'.includes(text[i]!)) depth++;
    if ('])}'.includes(text[i]!)) depth--;
    if (depth > 0) continue;
    const before = text.slice(0, i).trimEnd();
    return `${before}${'[{'.includes(before.at(-1)!) || before.endsWith(',') ? '' : ','} ${item}${text.slice(i)}`;
  }
  return null;
}
