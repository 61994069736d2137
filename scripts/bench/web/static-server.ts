import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Serves a folder of built pages on loopback, text compressed by gzip beforehand; unknown addresses get index.html. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const root = resolve(folder);
  const kept = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const wanted = join(root, decodeURIComponent(new URL(request.url!, 'http://localhost').pathname));
    const known = wanted.startsWith(root + sep) && existsSync(wanted) && statSync(wanted).isFile();
    const path = known ? wanted : join(root, 'index.html');
    const type = TYPES[extname(path)];
    if (!type) return void createReadStream(path).pipe(response);
    const bytes = kept.get(path) ?? gzipSync(readFileSync(path), { level: 9 });
    kept.set(path, bytes);
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
