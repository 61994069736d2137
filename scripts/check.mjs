// `npm run check`: every static check, two at a time, with one line each and the full output of what failed.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { webTypes } from './web-types.mjs';

await bootstrap();
await webTypes();

const bin = (path) => [process.execPath, join(root, 'node_modules', ...path.split('/'))];
const CHECKS = [
  ['types', [...bin('typescript-native/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the browser app', [...bin('typescript-native/bin/tsc'), '-p', 'apps/web/tsconfig.json']],
  ['lint that needs types', [...bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']],
  [
    'lint',
    [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', '--cache', '--cache-location', '.assay/eslint'],
  ],
  ['format', [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  [
    'import rules',
    [
      ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'scripts',
    ],
  ],
  ['unused code', [...bin('knip/bin/knip.js')]],
  ['OpenAPI and AsyncAPI match the code', [process.execPath, 'dist/scripts/openapi/main.js', '--check']],
  ['compose and workflow files', [process.execPath, 'scripts/check-infra.mjs']],
];

function lockFileProblems() {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const addresses = text.match(/"resolved": *"https?:/g) ?? [];
  return addresses.length > 0
    ? [`package-lock.json records ${addresses.length} download addresses; install with the project's .npmrc`]
    : [];
}

function runOne([name, [command, ...args]]) {
  return new Promise((done) => {
    const started = Date.now();
    let output = '';
    const child = spawn(command, args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(38)} ${seconds.padStart(6)} s`);
      if (code !== 0) console.log(output.trim());
      done(code === 0);
    });
  });
}

const queue = [...CHECKS];
let failed = 0;
async function lane() {
  for (let check = queue.shift(); check; check = queue.shift()) if (!(await runOne(check))) failed += 1;
}
await Promise.all([lane(), lane()]);
const problems = lockFileProblems();
console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'}  lock file`);
for (const problem of problems) console.log(problem);
process.exit(failed + problems.length > 0 ? 1 : 0);
