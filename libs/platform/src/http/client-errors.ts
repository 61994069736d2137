import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError, type ProblemCode } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { toProblem } from '../problem';
import { SECURITY_HEADERS } from './security-headers';

/** As Node names it. */
export const REQUEST_TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';

const OF_PARSER: Record<string, [ProblemCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'address and headers must be at most 16384 bytes together, were more'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['payload_too_large', 'chunk extensions must be at most 16384 bytes, were more'],
  [REQUEST_TIMEOUT]: ['request_timeout', 'a request must arrive in time, this one did not: send it again'],
};

/** What the parser of HTTP refuses never becomes a request: the answer is written to the socket, as problem+json like every other. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const [code, detail] = OF_PARSER[error.code ?? ''] ?? ['malformed_request', 'the request must be HTTP/1.1, was not'];
  const { problem } = toProblem(new DomainError(code, detail), { correlationId: newId() });
  const body = JSON.stringify(problem);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n'));
}
