import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_FILE, hashOfCode } from './hash-of-code';

let known: string | undefined;

/** SHA-256 of the sources that judge here: another version of any of them is another code. */
export function judgingCode(): string {
  known ??= read();
  return known;
}

/** As the build wrote it, or of the sources themselves where they run as they are. */
function read(): string {
  const built = join(__dirname, HASH_FILE);
  if (!existsSync(built)) return hashOfCode(join(__dirname, '..', '..', '..'));
  return (JSON.parse(readFileSync(built, 'utf8')) as { sha256: string }).sha256;
}
