import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { DomainError } from '@assay/primitives';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { IndexPage } from './index-page';

const YEAR_S = 31_536_000;
const FORBIDDEN = 403;
const unknownPath = ({ method }: FastifyRequest): DomainError =>
  new DomainError('not_found', `${method} of this path does not exist`);
const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
/** What a browser shows; a script or a picture that is not there is not answered with a page. */
export const wantsPage = (request: FastifyRequest): boolean =>
  isReading(request) && (request.headers.accept ?? '').includes('text/html');

/** The app's files: those named after their content are kept for ever, the page itself never. */
export function servePages(app: FastifyInstance, folder: string): void {
  const index = new IndexPage(folder);
  const sendPage = async (reply: FastifyReply): Promise<FastifyReply> => {
    const { html, policy } = await index.render();
    return reply
      .headers({ 'content-security-policy': policy, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html);
  };
  app.get('/', (_request, reply) => sendPage(reply));
  app.get('/index.html', (_request, reply) => sendPage(reply));
  void app.register((files, _options, done) => {
    // a path that leads out of the folder, or is written so that it might, is none of this server
    files.setErrorHandler((error: { statusCode?: number }, request) => {
      throw error.statusCode === FORBIDDEN ? unknownPath(request) : error;
    });
    void files.register(fastifyStatic, {
      root: folder,
      index: false,
      dotfiles: 'ignore',
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isNamedAfterContent = path.includes(`${sep}assets${sep}`);
        void reply.header('cache-control', isNamedAfterContent ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
    done();
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (wantsPage(request)) return sendPage(reply);
    throw unknownPath(request);
  });
}
