import { join } from 'node:path';
import { generate, GENERATORS } from './generate';

const ROOT = join(__dirname, '..', '..', '..');
const USAGE = `npm run new -- KIND NAME   KIND: ${Object.keys(GENERATORS).join(', ')}; NAME in kebab-case, of an indicator FAMILY/NAME

  npm run new -- indicator trend/vortex
  npm run new -- model nearest-centroid
  npm run new -- risk-check min-price`;

function main(): void {
  const [kind, name, ...rest] = process.argv.slice(2);
  if (kind === undefined || name === undefined || rest.length > 0) {
    console.error(USAGE);
    process.exit(2);
  }
  try {
    const paths = generate(ROOT, kind, name);
    console.log(`${paths.join('\n')}\n\nnext: docs/recipes/${kind}.md`);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

main();
