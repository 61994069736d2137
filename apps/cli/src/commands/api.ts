import { ResearchApi, SERVICES, type Answer, type ServiceName } from '../api/research-api';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import { readFlagFile } from '../input/read-file';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { pick, shown } from '../output/pick';
import { Progress } from '../output/progress';
import type { Command } from './command';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const FAILED = 1;
const FIRST_REFUSAL = 400;

/** @throws UsageError where the two words are no request */
function requestOf(words: readonly string[]): { method: string; path: string } {
  const [method = '', path = ''] = words;
  if (words.length !== 2 || !METHODS.includes(method.toUpperCase()))
    throw new UsageError(`METHOD PATH must be one of ${METHODS.join(', ')} and a path, was ${words.join(' ')}`);
  return { method: method.toUpperCase(), path: path.startsWith('/') ? path : `/${path}` };
}

/** The body as it is sent. @throws UsageError where it is no JSON */
function bodyOf(args: Args): string | undefined {
  const given = args.optional('data');
  if (given === undefined) return undefined;
  const text = given.startsWith('@') ? Buffer.from(readFlagFile('--data', given.slice(1))).toString('utf8') : given;
  try {
    JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--data must be JSON, or @ and a file of it, was ${given} (${(error as Error).message})`);
  }
  return text;
}

/** The bytes of `--file`. @throws UsageError where there is another body */
function fileOf(args: Args): Uint8Array<ArrayBuffer> | undefined {
  const path = args.optional('file');
  if (path === undefined) return undefined;
  if (args.has('data')) throw new UsageError('--file must be the only body, was given with --data');
  return Uint8Array.from(readFlagFile('--file', path));
}

/** The job that was started, once it has ended; any other answer as it is. */
async function afterJob(api: ResearchApi, answer: Answer, io: Io): Promise<Answer> {
  const id = (answer.body as { job_id?: string } | null)?.job_id;
  if (id === undefined || answer.status >= FIRST_REFUSAL) return answer;
  const progress = new Progress(io, 'working');
  const job = await api.ended(id, ({ progress: part = 0 }) => progress.report(part)).finally(() => progress.done());
  return { status: job.state === 'completed' ? answer.status : FIRST_REFUSAL, body: job };
}

async function run(args: Args, io: Io): Promise<number> {
  const { method, path } = requestOf(args.all('request'));
  const { url, prefix } = SERVICES[args.text('service') as ServiceName];
  const api = new ResearchApi(args.optional('url') ?? url, process.env, prefix);
  const version = args.optional('if-match');
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` };
  const file = fileOf(args);
  const first = await api.ask(method, path, {
    body: file ?? bodyOf(args),
    headers: file ? { ...headers, 'content-type': 'application/octet-stream' } : headers,
  });
  const { status, body } = args.on('wait') ? await afterJob(api, first, io) : first;
  if (status >= FIRST_REFUSAL) {
    io.err(typeof body === 'string' ? `${status} ${body}\n` : `${JSON.stringify(body, null, 2)}\n`);
    return FAILED;
  }
  const show = args.optional('show');
  if (show !== undefined) {
    const parts = pick(body, show);
    if (parts.length === 0) throw new UsageError(`--show ${show} is not in the answer: ${shown(body).slice(0, 200)}`);
    io.out(args.on('json') ? toJson(parts) : parts.map((part) => `${shown(part)}\n`).join(''));
  } else if (typeof body === 'string') io.out(body === '' || body.endsWith('\n') ? body : `${body}\n`);
  else io.out(args.on('json') ? toJson(body) : `${JSON.stringify(body, null, 2)}\n`);
  return 0;
}

export const apiCommand: Command = {
  name: 'api',
  summary: 'ask a running service anything that its API answers; docs/openapi lists the paths',
  flags: [
    {
      ...{ name: 'request', kind: 'text', value: 'METHOD PATH', positional: true, required: true, repeatable: true },
      help: 'GET, POST, PUT, PATCH or DELETE, and the path below /api or /api/v1',
    },
    { name: 'data', kind: 'text', value: 'JSON|@FILE', help: 'what is sent' },
    { name: 'file', kind: 'text', value: 'FILE', help: 'a file that is sent as it is, in place of --data' },
    { name: 'wait', kind: 'switch', help: 'wait for the job that the answer names, and show what became of it' },
    {
      ...{ name: 'show', kind: 'text', value: 'PATH' },
      help: 'that part of the answer alone, such as result.top[0] or items[].symbol, a line each',
    },
    { name: 'if-match', kind: 'text', value: 'VERSION', help: 'the version that a change is made of' },
    {
      ...{ name: 'service', kind: 'choice', choices: Object.keys(SERVICES), default: 'research' },
      help: 'which of the services is asked',
    },
    {
      ...{ name: 'url', kind: 'text', value: 'URL' },
      help: 'where it answers, in place of ASSAY_RESEARCH_URL, ASSAY_TRADE_URL, ASSAY_PORTFOLIO_URL or the port of npm start; its key is read from ASSAY_API_KEY',
    },
  ],
  examples: [
    'assay api GET data/symbols --show items[].symbol',
    'assay api POST strategies/import --data @strategy.json --show strategy_id',
    'assay api POST backtests/01890000-0000-7000-8000-000000000001/execute --wait --show result',
    'assay api GET deployments --service trade',
  ],
  run,
};
