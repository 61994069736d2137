// Types of the HTTP APIs for the browser app, from docs/openapi; written again only when a document has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { root } from './bootstrap.mjs';

const FROM = join(root, 'docs', 'openapi');
const INTO = join(root, 'apps', 'web', 'src', 'api', 'generated');
const SERVICES = readdirSync(FROM)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));

export async function webTypes() {
  mkdirSync(INTO, { recursive: true });
  for (const service of SERVICES) {
    const document = readFileSync(join(FROM, `${service}.json`), 'utf8');
    const head = `// ${createHash('sha256').update(document).digest('hex')} docs/openapi/${service}.json\n`;
    const target = join(INTO, `${service}.ts`);
    if (existsSync(target) && readFileSync(target, 'utf8').startsWith(head)) continue;
    const tree = await openapiTS(JSON.parse(document), { defaultNonNullable: false, emptyObjectsUnknown: true });
    writeFileSync(target, head + astToString(tree));
    console.log(`types of ${service} written`);
  }
}

if (process.argv[1] && import.meta.url === `file://${process.argv[1]}`) await webTypes();
