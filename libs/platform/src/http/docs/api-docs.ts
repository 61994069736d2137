import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { DomainError } from '@assay/primitives';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteRules } from '../route-rules';

/** Where the build puts the documents of `docs/openapi`. */
const DOCUMENTS = join(__dirname, '../../../../../docs/openapi');
/** The viewer runs its own files alone and asks this server alone. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
  "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const OPEN: { config: RouteRules } = { config: { open: true } };
const DAY_S = 86_400;

export interface ApiDocs {
  /** Of the page, such as `/docs` or `/docs/trade`. */
  path: string;
  /** Of the document, such as `/openapi.json`. */
  document: string;
  service: 'research' | 'trade' | 'portfolio';
  /** Where its paths begin, when it is not this server's root. */
  base?: string;
  /** Address of the session whose CSRF token changes carry. */
  session?: string;
}

/** The OpenAPI document of a service as it was built, and a page that shows it and tries its requests. Both are public, as the documents are. */
export function serveApiDocs(app: FastifyInstance, docs: ApiDocs): void {
  const { path, document } = docs;
  const script = `${path}/start.js`;
  app.get(document, OPEN, async (_request, reply) => {
    const text = await documentOf(docs);
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
  app.get(path, OPEN, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(page(docs, script)),
  );
  app.get(script, OPEN, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(startScript(docs)));
  for (const file of Object.keys(FILES))
    app.get(`${path}/${file}`, OPEN, (request, reply) => sendFile(file, request, reply));
}

async function documentOf({ service, base }: ApiDocs): Promise<string> {
  try {
    const text = await readFile(join(DOCUMENTS, `${service}.json`), 'utf8');
    return base ? JSON.stringify({ ...(JSON.parse(text) as object), servers: [{ url: base }] }) : text;
  } catch {
    throw new DomainError('unavailable', 'the API document is not built: run npm run build');
  }
}

const page = ({ service, path }: ApiDocs, script: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Assay: API of ${service}</title>
    <link rel="stylesheet" href="${path}/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="${path}/swagger-ui-bundle.js"></script>
    <script src="${script}"></script>
  </body>
</html>
`;

/** Tried requests go out as a page of ours sends them. */
const startScript = ({ document, session }: ApiDocs): string => `'use strict';
const session = ${JSON.stringify(session ?? null)};
const csrf = async () => {
  const answer = session && (await fetch(session));
  return answer && answer.ok ? (await answer.json()).csrf : undefined;
};
SwaggerUIBundle({
  url: ${JSON.stringify(document)},
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  displayRequestDuration: true,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    const token = request.method && request.method !== 'GET' && (await csrf());
    if (token) request.headers['x-csrf-token'] = token;
    return request;
  },
});
`;

const folder = (): string => dirname(require.resolve('swagger-ui-dist/package.json'));
const zipped = new Map<string, Promise<Buffer>>();

/** Compressed once, by the first who asks. */
async function sendFile(file: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = join(folder(), file);
  void reply.headers({ 'cache-control': `public, max-age=${DAY_S}`, vary: 'accept-encoding' }).type(FILES[file]!);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(await readFile(path));
  const made = zipped.get(file) ?? readFile(path).then((bytes) => promisify(gzip)(bytes));
  zipped.set(file, made);
  return reply.header('content-encoding', 'gzip').send(await made);
}
