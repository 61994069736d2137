import { ResearchApi, SERVICES, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = async (args: Args, io: Io): Promise<void> => {
  const api = new ResearchApi(args.text('url'), process.env, SERVICES.trade.prefix);
  const user = args.optional('user');
  const { code, expires_at: end } = await api.call<{ code: string; expires_at: string }>(
    'POST',
    '/auth/sign-in-codes',
    user === undefined ? {} : { user_id: user },
  );
  io.out(`${args.text('web').replace(/\/+$/, '')}/sign-in#code=${code}\n`);
  io.err(`Open it in a browser: it signs in once, until ${end}.\n`);
};

export const signInCommand: Command = {
  name: 'sign-in',
  summary: 'make a link that signs in to the pages in a browser, once',
  flags: [
    { name: 'user', kind: 'text', value: 'ID', help: 'administrators: who signs in with it; default: whose key it is' },
    {
      name: 'web',
      kind: 'text',
      value: 'URL',
      default: process.env.ASSAY_WEB_URL ?? 'http://127.0.0.1:3000',
      help: 'where the pages are, as npm start shows it, or ASSAY_WEB_URL',
    },
    {
      ...URL_FLAG,
      default: SERVICES.trade.url,
      help: 'where the trade service answers, or ASSAY_TRADE_URL; its key is read from ASSAY_API_KEY',
    },
  ],
  examples: ['ASSAY_API_KEY=ak_... assay sign-in'],
  run,
};
