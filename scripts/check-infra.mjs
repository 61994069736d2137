// Static check of docker-compose.yml and the workflows: they parse, and every built file they start exists in the sources.
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const { parse } = createRequire(import.meta.url)('yaml');
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const problems = [];
const read = (path) => parse(readFileSync(join(root, path), 'utf8'), { merge: true });

const compose = read('docker-compose.yml');
const LONG_RUNNING = ['postgres', 'redis', 'nats', 'research', 'trade', 'portfolio', 'web'];
for (const name of LONG_RUNNING) {
  if (!compose.services[name]?.healthcheck) problems.push(`docker-compose.yml: ${name} must have a health check`);
}
for (const [name, service] of Object.entries(compose.services)) {
  const built = (service.command ?? []).find((part) => String(part).startsWith('dist/'));
  if (!built) continue;
  const source = built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  if (!existsSync(join(root, source)))
    problems.push(`docker-compose.yml: ${name} starts ${built}, but ${source} does not exist`);
  for (const dependency of Object.keys(service.depends_on ?? {})) {
    if (!compose.services[dependency]) problems.push(`docker-compose.yml: ${name} depends on unknown ${dependency}`);
  }
}

const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
for (const file of readdirSync(join(root, '.github/workflows'))) {
  for (const [job, { steps }] of Object.entries(read(`.github/workflows/${file}`).jobs)) {
    for (const { run } of steps) {
      for (const [, script] of (run ?? '').matchAll(/npm run ([\w:-]+)/g)) {
        if (!scripts[script]) problems.push(`${file}: job ${job} runs unknown script ${script}`);
      }
    }
  }
}

const dockerfile = readFileSync(join(root, 'infra/docker/Dockerfile'), 'utf8');
if (!/^USER 10001/m.test(dockerfile)) problems.push('infra/docker/Dockerfile: the runtime stage must not run as root');

for (const problem of problems) console.log(problem);
process.exit(problems.length > 0 ? 1 : 0);
