// `npm run dev`: the whole stack, rebuilt and restarted when a source changes.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { bootstrap, root } from './bootstrap.mjs';

const SETTLE_MS = 300;
await bootstrap();
const { build } = await import('./build.mjs');

let child;
const start = () => (child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], { stdio: 'inherit' }));
const stop = () =>
  new Promise((done) => {
    if (!child || child.exitCode !== null) return done();
    child.once('exit', done);
    child.kill('SIGTERM');
  });

let timer;
let restarting = Promise.resolve();
function changed(file) {
  if (!file || !/\.(ts|mjs)$/.test(file) || file.endsWith('.spec.ts')) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    restarting = restarting.then(async () => {
      console.log(`changed: ${file}; restarting`);
      try {
        await build();
      } catch (error) {
        console.error(String(error));
        return;
      }
      await stop();
      start();
    });
  }, SETTLE_MS);
}
for (const dir of ['apps', 'libs']) watch(join(root, dir), { recursive: true }, (_, file) => changed(file));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop().then(() => process.exit(0)));
start();
