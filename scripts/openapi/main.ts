import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { asyncApiDocument } from './async-api';
import { gatesDocument } from './gates';
import { pluginsDocument } from './plugins';
import { warningsDocument } from './warnings';

const ROOT = join(__dirname, '..', '..', '..');
const OUT = join(ROOT, 'docs');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};
const json = (document: unknown): string => `${JSON.stringify(sorted(document), null, 2)}\n`;

async function documents(): Promise<Record<string, string>> {
  const { buildResearchOpenApi } = await import('../../apps/research/src/openapi.js');
  const { buildTradeOpenApi } = await import('../../apps/trade/src/openapi.js');
  const { buildPortfolioOpenApi } = await import('../../apps/portfolio/src/openapi.js');
  return {
    'openapi/research.json': json(await buildResearchOpenApi()),
    'openapi/trade.json': json(await buildTradeOpenApi()),
    'openapi/portfolio.json': json(await buildPortfolioOpenApi()),
    'plugins.md': pluginsDocument(),
    'warnings.md': warningsDocument(),
    'gates.md': gatesDocument(),
    'asyncapi.yaml': stringify(asyncApiDocument()),
  };
}

function committed(file: string): string {
  try {
    return readFileSync(join(OUT, file), 'utf8');
  } catch {
    return '';
  }
}

/** Writes the documents, or with `--check` says which committed ones no longer match the code. */
async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  mkdirSync(join(OUT, 'openapi'), { recursive: true });
  for (const [file, text] of Object.entries(await documents())) {
    if (committed(file) === text) continue;
    stale.push(file);
    if (!check) writeFileSync(join(OUT, file), text);
  }
  if (check && stale.length > 0) {
    console.error(`docs/${stale.join(', docs/')} differ from the code; run: npm run openapi`);
    process.exit(1);
  }
  // the browser app's types come from the documents; they are not committed
  if (!check) spawnSync(process.execPath, [join(ROOT, 'scripts', 'web-types.mjs')], { stdio: 'inherit' });
  console.log(stale.length === 0 ? 'up to date' : `written: ${stale.join(', ')}`);
  process.exit(0);
}

void main();
