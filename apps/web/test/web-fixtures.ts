import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PersistenceModule } from '@assay/persistence';
import { createHttpApp, hashPassword } from '@assay/platform';
import { createTestUser } from '@assay/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';

const SCOPES_OF = {
  admin: ['admin'],
  trader: ['research:read', 'trade:read', 'trade:write'],
  viewer: ['research:read', 'trade:read'],
};
export type Role = keyof typeof SCOPES_OF;
export const PASSWORD = 'a long enough password';

@Module({ imports: [PersistenceModule.forService({ service: 'trade', process: 'http', entities: [] })] })
class EmptyModule {}

export const portOf = (server: Pick<Server, 'address'>): number => (server.address() as { port: number }).port;

/** A trade service that knows sign-in and nothing else, on a free port. */
export async function bareTrade(): Promise<NestFastifyApplication> {
  const app = await createHttpApp(EmptyModule, { service: 'trade', globalPrefix: 'api/v1', listen: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A folder as the build of the pages leaves it: the document, one script, and the script compressed. */
export function builtPages(): string {
  const pages = mkdtempSync(join(tmpdir(), 'assay-pages-'));
  mkdirSync(join(pages, 'assets'));
  mkdirSync(join(pages, '.vite'));
  writeFileSync(join(pages, '.vite/manifest.json'), '{}');
  writeFileSync(join(pages, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__"><p>the app</p>');
  writeFileSync(join(pages, 'assets/app-1a2b.js'), 'console.log(1)');
  writeFileSync(join(pages, 'assets/app-1a2b.js.gz'), gzipSync('console.log(1)'));
  return pages;
}

/** A user who can sign in with `PASSWORD`. */
export async function userWithPassword(url: string, role: Role = 'trader') {
  const user = await createTestUser(url, role, SCOPES_OF[role]);
  await withClient(url, async (client) =>
    client.query('UPDATE ops."user" SET password_hash = $2 WHERE id = $1', [user.id, await hashPassword(PASSWORD)]),
  );
  return user;
}

/** All that is stored of sign-in codes, as text; after this they are past their time. */
export async function agedCodes(url: string): Promise<string> {
  const { rows } = await withClient(url, (client) => client.query('SELECT * FROM ops.sign_in_code'));
  await withClient(url, (client) =>
    client.query(`UPDATE ops.sign_in_code SET expires_at = now() - interval '1 second'`),
  );
  return JSON.stringify(rows);
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
