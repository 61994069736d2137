import { lookup as resolve } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createGunzip, createInflate } from 'node:zlib';
import { refuse } from '@assay/primitives';
import { isPrivateAddress, mayBePrivate, privateAddressOf } from './private-addresses';
import { addressOf, redact } from './redact';

export interface GuardedRequest {
  url: URL;
  headers?: Readonly<Record<string, string>>;
  /** Texts that no error may hold. */
  secrets?: readonly string[];
  /** Hosts, with or without a port, that may have an address outside of the public internet. */
  privateHosts: readonly string[];
  mostBytes?: number;
  /** For the whole answer, redirects included. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface GuardedAnswer {
  body: Buffer;
  contentType: string;
}

const MOST_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 3;
/** What is shown of an answer that is none. */
const SHOWN_CHARACTERS = 200;

/** A request that the other side wants later. */
export class AskLater extends Error {
  constructor(
    message: string,
    readonly afterMs: number | null,
  ) {
    super(message);
  }
}

/**
 * GET of an address that a user gave: http and https only, no address outside of the public internet (looked at where the connection is
 * made, so that a name cannot answer twice), bounded in size and time. Redirects are held to the same, and are sent no headers of ours.
 * @throws DomainError `unavailable` in words without key or query, `AskLater` for 429, and for 503 that says when
 */
export async function guardedGet(request: GuardedRequest): Promise<GuardedAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  let { url, headers = {} } = request;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send(url, headers, request, signal).catch((error: unknown) => {
      request.signal?.throwIfAborted();
      throw error instanceof AskLater ? error : said(url, request, timeout.aborted ? 'did not answer in time' : error);
    });
    if (!(answer instanceof URL)) return answer;
    if (redirects === MOST_REDIRECTS) throw said(url, request, `redirected more than ${MOST_REDIRECTS} times`);
    if (answer.origin !== url.origin) headers = {};
    url = answer;
  }
}

const said = (url: URL, { secrets = [] }: GuardedRequest, error: unknown): Error => {
  const message = error instanceof Error ? error.message : String(error);
  return refuse('unavailable', redact(`${addressOf(url)}: ${message}`, secrets));
};

/** The answer, or where it redirects to. */
async function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  request: GuardedRequest,
  signal: AbortSignal,
): Promise<GuardedAnswer | URL> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('must be an http or https address');
  const isAllowed = mayBePrivate(url, request.privateHosts);
  const inside = privateAddressOf(url);
  if (inside !== null && !isAllowed) throw privateAddress(inside);
  const options: RequestOptions = {
    headers: { 'accept-encoding': 'gzip, deflate', 'user-agent': 'assay', ...headers },
    signal,
    // no connection is kept: the next request looks at its address anew
    agent: false,
    lookup: (host, { all: wantsAll }, done) =>
      resolve(host, { all: true }, (error, found) => {
        const address = found?.find((one) => isAllowed || !isPrivateAddress(one.address));
        if (error) return done(error, '', 0);
        if (!address) return done(privateAddress(host) as NodeJS.ErrnoException, '', 0);
        if (wantsAll) return done(null, [address]);
        done(null, address.address, address.family);
      }),
  };
  return new Promise((answered, failed) => {
    const make = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = make(url, options, (response) => {
      read(url, response, request).then(answered, (error: unknown) => {
        response.destroy();
        failed(error);
      });
    });
    outgoing.on('error', failed);
    outgoing.end();
  });
}

const privateAddress = (host: string): Error =>
  new Error(`${host} is no public address, and FEED_PRIVATE_HOSTS does not allow it`);

async function read(url: URL, response: IncomingMessage, request: GuardedRequest): Promise<GuardedAnswer | URL> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400 && headers.location !== undefined) {
    response.destroy();
    return new URL(headers.location, url);
  }
  const body = await bytesOf(response, request.mostBytes ?? MOST_BYTES);
  if (status === 200) return { body, contentType: headers['content-type'] ?? '' };
  const text = redact(body.toString('utf8', 0, 4 * SHOWN_CHARACTERS), request.secrets ?? []);
  const says = text.replace(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
  const message = `answered ${status}${says && `: ${says}`}`;
  const isLater = status === 429 || (status === 503 && headers['retry-after'] !== undefined);
  if (isLater) throw new AskLater(`${addressOf(url)} ${message}`, delayOf(headers['retry-after']));
  throw new Error(message);
}

async function bytesOf(response: IncomingMessage, most: number): Promise<Buffer> {
  const encoding = response.headers['content-encoding'];
  const plain =
    encoding === 'gzip'
      ? response.pipe(createGunzip())
      : encoding === 'deflate'
        ? response.pipe(createInflate())
        : response;
  if (plain !== response) response.on('error', (error) => plain.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new Error(`answered more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `Retry-After` in milliseconds, as seconds or as a date. */
function delayOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,7}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}
