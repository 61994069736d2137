import type { FuzzRequest } from './requests';
import type { FuzzAnswer } from './send';
import { OTHERS_MARK } from './world';

const SLOW_MS = 5_000;
const ALWAYS = ['x-content-type-options', 'content-security-policy', 'cache-control'];

/** What an answer breaks of what every answer keeps; empty where all is well. */
export function judge(
  request: FuzzRequest,
  { status, headers, body, ms, failure }: FuzzAnswer,
  othersIds: readonly string[],
): string[] {
  if (failure !== undefined) return [`no answer: ${failure}`];
  const broken: string[] = [];
  const problem = status >= 400 && request.method !== 'HEAD' ? problemOf(body) : undefined;
  if (ms > SLOW_MS) broken.push(`took ${Math.round(ms)} ms`);
  if (status >= 500 && !(status === 503 && problem?.code === 'overloaded')) broken.push(`status ${status}`);
  if (status >= 400) {
    if (!String(headers['content-type']).startsWith('application/problem+json')) {
      broken.push(`status ${status} as ${String(headers['content-type'])}`);
    }
    if (request.method !== 'HEAD') {
      if (!problem) broken.push('the problem is no JSON object');
      else if (
        problem.status !== status ||
        !['type', 'title', 'code', 'detail'].every((name) => typeof problem[name] === 'string')
      )
        broken.push('the problem lacks a member');
    }
    if ((status === 429 || status === 503) && headers['retry-after'] === undefined) broken.push('no Retry-After');
  } else if (status < 300 && String(headers['content-type']).includes('json') && request.method !== 'HEAD') {
    if (problemOf(body) === undefined) broken.push('the answer is no JSON object');
  }
  for (const name of ALWAYS) if (headers[name] === undefined) broken.push(`no ${name}`);
  if (request.actor !== 'other') {
    if (body.includes(OTHERS_MARK)) broken.push('shows what belongs to somebody else');
    // A refusal may repeat the id that was sent, as one that does not exist.
    const tells = status < 400 || status === 409;
    if (tells && othersIds.some((id) => body.includes(id))) broken.push('tells of what belongs to somebody else');
  }
  return broken;
}

function problemOf(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const MOST_BODY = 4_000;

/** The request as a line to repeat by hand; keys are named, not shown. */
export function curlOf(origin: string, request: FuzzRequest): string {
  const { method, target, headers, body } = request;
  const shown = Object.entries(headers).map(([name, value]) =>
    name === 'authorization' && value.includes('ak_')
      ? `-H "authorization: Bearer $${request.actor.toUpperCase()}_KEY"`
      : `-H ${quoted(`${name}: ${value}`)}`,
  );
  const data =
    body === undefined ? [] : ['--data-raw', quoted(body.length > MOST_BODY ? `${body.slice(0, MOST_BODY)}…` : body)];
  return ['curl -sS --path-as-is', '-X', method, quoted(origin + target), ...shown, ...data].join(' ');
}
