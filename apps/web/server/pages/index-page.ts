import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@assay/primitives';
import { pagePolicy } from './page-headers';

const PLACEHOLDER = '__CSP_NONCE__';

export interface Page {
  html: string;
  policy: string;
}

/** The one page of the app, with a nonce of its own for every answer; read again when the build has changed it. */
export class IndexPage {
  private readonly file: string;
  private parts: readonly string[] = [];
  private mtimeMs = -1;

  constructor(folder: string) {
    this.file = join(folder, 'index.html');
  }

  /** @throws DomainError `unavailable` where the pages are not built */
  async render(): Promise<Page> {
    const parts = await this.read();
    const nonce = randomBytes(18).toString('base64');
    return { html: parts.join(nonce), policy: pagePolicy(nonce) };
  }

  private async read(): Promise<readonly string[]> {
    try {
      const { mtimeMs } = await stat(this.file);
      if (mtimeMs !== this.mtimeMs) {
        this.parts = (await readFile(this.file, 'utf8')).split(PLACEHOLDER);
        this.mtimeMs = mtimeMs;
      }
      return this.parts;
    } catch {
      const facts = { retry_after_s: 30 };
      throw new DomainError(
        'unavailable',
        'the pages are not built: run npm run build:pages, then load this again',
        facts,
      );
    }
  }
}
