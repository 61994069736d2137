import { newId } from '@assay/primitives/ids';

const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** The caller's X-Request-Id if it is harmless, else a new one. */
export const requestId = (request: { headers: Record<string, unknown> }): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED_ID.test(given) ? given : newId();
};
