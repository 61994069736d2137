import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runPage, type PageReport } from './run-page';

export interface CookbookStack {
  urls: Record<'research' | 'trade' | 'portfolio', string>;
  adminKey: string;
}

const FOLDER = 'docs/cookbook';
const INDEX = 'README';

/** Names of all pages. */
export const pages = (root: string): string[] =>
  readdirSync(join(root, FOLDER))
    .filter((name) => name.endsWith('.md'))
    .map((name) => basename(name, '.md'))
    .filter((name) => name !== INDEX)
    .sort();

/** Runs pages one after the other against the services, each in a folder of its own below `work`. */
export async function runPages(
  names: readonly string[],
  { root, work, stack, print = false }: { root: string; work: string; stack: CookbookStack; print?: boolean },
): Promise<PageReport[]> {
  const env = {
    ...process.env,
    ASSAY_API_KEY: stack.adminKey,
    ASSAY_RESEARCH_URL: stack.urls.research,
    ASSAY_TRADE_URL: stack.urls.trade,
    ASSAY_PORTFOLIO_URL: stack.urls.portfolio,
    ASSAY_EXAMPLES: join(root, 'docs/examples'),
  };
  const width = Math.max(...names.map(({ length }) => length));
  const reports: PageReport[] = [];
  for (const name of names) {
    const text = readFileSync(join(root, FOLDER, `${name}.md`), 'utf8');
    const report = await runPage(name, text, join(work, name), root, env);
    reports.push(report);
    const { failure, steps, lines, seconds, output } = report;
    if (print) console.log(output);
    const done = `${String(steps).padStart(2)} steps  ${String(lines).padStart(3)} lines as stated  ${seconds.toFixed(1).padStart(5)} s`;
    console.log(`${failure === null ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${done}`);
    if (failure !== null) console.log(failure.replace(/^/gm, '      '));
  }
  return reports;
}
