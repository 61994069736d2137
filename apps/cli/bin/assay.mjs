#!/usr/bin/env node
// Loads the built command line tool; builds it first in a fresh clone. Node built-ins only.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const main = resolve(root, 'dist/apps/cli/src/main.js');

if (!existsSync(main)) {
  // what the bootstrap prints goes to stderr: stdout belongs to the command's answer
  const bootstrap = resolve(root, 'scripts/bootstrap.mjs');
  const { status } = spawnSync(process.execPath, [bootstrap], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0 || !existsSync(main)) process.exit(status || 1);
}
createRequire(import.meta.url)(main);
