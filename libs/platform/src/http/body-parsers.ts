import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemError } from '../problem';

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** JSON, and CSV as text. Everything else is 415. */
export function useBodyParsers(app: NestFastifyApplication): void {
  const options = { bodyLimit: BODY_LIMIT_BYTES };
  app.useBodyParser('application/json', options, (_request, body: Buffer, done) => {
    if (body.length === 0) return done(null, {});
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch (error) {
      done(new ProblemError('malformed_json', `the body must be JSON: ${(error as Error).message}`));
    }
  });
  app.useBodyParser('text/csv', options, (_request, body: Buffer, done) => done(null, body.toString('utf8')));
}
