// Bootstraps, then hands over to a built script: `node scripts/run-built.mjs scripts/demo/main.js --once`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

const [entry, ...args] = process.argv.slice(2);
await bootstrap();
const child = spawn(process.execPath, ['--no-warnings', '--enable-source-maps', join(root, 'dist', entry), ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
